/// What pages do with curves: the point that is nearest to the pointer, or that the arrow keys lead to, says its values,
/// which are those of the table within the page. Elsewhere in a drawing with axes, the place under the pointer is told.
enum CurveScript {
    static let source = """
        'use strict';
        (() => {
          const one = (s, n = document) => n.querySelector(s), all = (s, n = document) => [...n.querySelectorAll(s)];
          const make = (name, style) => {
            const element = document.createElement(name);
            element.className = style; document.body.append(element); return element;
          };
          const tip = make('div', 'hover'), said = make('div', 'said');
          tip.hidden = true; said.setAttribute('role', 'status');
          const records = text => {
            const rows = [[]]; let field = '', quoted = false;
            for (let i = 0; i < text.length; i++) {
              const c = text[i];
              if (quoted) {
                if (c !== '"') field += c; else if (text[i + 1] === '"') { field += c; i++; } else quoted = false;
              } else if (c === '"') quoted = true;
              else if (c === ',' || c === '\\n') { rows.at(-1).push(field); field = ''; if (c === '\\n') rows.push([]); }
              else if (c !== '\\r') field += c;
            }
            rows.pop(); return rows;
          };
          const table = (figure, name) => {
            const link = all('a[download]', figure).find(link => link.download === name);
            if (!link) return null;
            const bytes = Uint8Array.from(atob(link.href.split(',')[1]), c => c.charCodeAt(0));
            const [header, ...rows] = records(new TextDecoder().decode(bytes));
            return { header, rows };
          };
          // The standard normal distribution's quantiles (Acklam), close enough to place a point.
          const probit = p => {
            if (p <= 0) return -9; if (p >= 1) return 9;
            if (p > 0.5) return -probit(1 - p);
            if (p < 0.02425) {
              const q = Math.sqrt(-2 * Math.log(p));
              return (((((-7.784894002430293e-3 * q - 0.3223964580411365) * q - 2.400758277161838) * q - 2.549732539343734)
                * q + 4.374664141464968) * q + 2.938163982698783) / ((((7.784695709041462e-3 * q + 0.3224671290700398) * q
                + 2.445134137142996) * q + 3.754408661907416) * q + 1);
            }
            const q = p - 0.5, r = q * q;
            return (((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r + 138.357751867269) * r
              - 30.66479806614716) * r + 2.506628277459239) * q / (((((-54.47609879822406 * r + 161.5858368580409) * r
              - 155.6989798598866) * r + 66.80131188771972) * r - 13.28068155288572) * r + 1);
          };
          const normal = z => {
            let low = 0, high = 1;
            for (let i = 0; i < 40; i++) { const m = (low + high) / 2; if (probit(m) < z) low = m; else high = m; }
            return (low + high) / 2;
          };
          const scales = { log: [Math.log10, v => 10 ** v], probit: [probit, normal] }, plain = [v => v, v => v];
          const short = value => {
            const number = Number(value);
            if (value === '' || Number.isNaN(number) || Number.isInteger(number)) return value;
            return Math.abs(number) < 0.001 && number ? number.toExponential(2) : String(+number.toFixed(4));
          };
          const axis = rect => {
            const [x0, x1] = rect.dataset.x.split(' ').map(Number), [y0, y1] = rect.dataset.y.split(' ').map(Number);
            const [left, top, width, height] = ['x', 'y', 'width', 'height'].map(name => +rect.getAttribute(name));
            const sx = scales[rect.dataset.xScale] || plain, sy = scales[rect.dataset.yScale] || plain;
            const inside = (v, a, b) => Math.min(Math.max(v, a), b);
            return {
              place: (x, y) => [left + (inside(sx[0](x), x0, x1) - x0) / (x1 - x0) * width,
                top + height - (inside(sy[0](y), y0, y1) - y0) / (y1 - y0) * height],
              at: (px, py) => {
                const u = (px - left) / width, v = (top + height - py) / height;
                const told = (value, scale, step) => scale === plain ? near(value, step) : short(scale[1](value));
                return u < 0 || u > 1 || v < 0 || v > 1 ? null : told(x0 + u * (x1 - x0), sx, (x1 - x0) / 200) + ', ' +
                  told(y0 + v * (y1 - y0), sy, (y1 - y0) / 200);
              },
            };
          };
          const near = (value, step) => value.toFixed(Math.min(6, Math.max(0, Math.ceil(-Math.log10(step)))));
          const curves = (figure, frames) => JSON.parse(figure.dataset.curves).flatMap(spec => {
            const found = table(figure, spec.table), frame = frames[spec.frame];
            if (!found || !frame) return [];
            const column = name => found.header.indexOf(name), named = column(spec.curve), xs = column(spec.x);
            const lists = new Map();
            for (const name of spec.y) {
              const ys = column(name);
              if (ys < 0 || (spec.x && xs < 0)) continue;
              found.rows.forEach((row, index) => {
                if (row[ys] === '' || (spec.x && row[xs] === '')) return;
                const x = spec.x ? +row[xs] : index + 1, y = +row[ys];
                if (!Number.isFinite(x) || !Number.isFinite(y)) return;
                const title = named >= 0 ? row[named] : name, list = lists.get(title) || [];
                lists.set(title, list);
                const parts = [...(spec.x ? [spec.x] : []), name, ...spec.also].filter(part => row[column(part)]);
                const text = () => (spec.y.length > 1 || named < 0 ? '' : title + ' · ') +
                  parts.map(part => part + ' ' + short(row[column(part)])).join(' · ');
                list.push({ at: frame.place(x, y), text });
              });
            }
            return [...lists].map(([title, points]) => ({ title, points }));
          });
          for (const svg of all('svg').filter(svg => one('[data-x]', svg))) {
            const figure = svg.closest('figure[data-curves]'), frames = all('[data-x]', svg).map(axis);
            let lists = null, dot = null, curve = 0, point = -1;
            const load = () => lists || (lists = figure ? curves(figure, frames) : []);
            const hide = () => { tip.hidden = true; if (dot) dot.style.display = 'none'; };
            const show = (text, x, y) => {
              tip.textContent = text; tip.hidden = false;
              const left = Math.min(x + 14, innerWidth - tip.offsetWidth - 8);
              tip.style.left = Math.max(left, 4) + 'px'; tip.style.top = y + 14 + 'px';
            };
            const mark = ({ at, text }, speak) => {
              if (!dot) {
                dot = document.createElementNS('http://www.w3.org/2000/svg', 'circle');
                dot.setAttribute('r', 5); dot.setAttribute('class', 'stroke-ink fill-page');
                dot.setAttribute('stroke-width', 2); svg.append(dot);
              }
              dot.style.display = ''; dot.setAttribute('cx', at[0]); dot.setAttribute('cy', at[1]);
              const screen = new DOMPoint(...at).matrixTransform(svg.getScreenCTM());
              show(text(), screen.x, screen.y);
              if (speak) said.textContent = text();
            };
            const follow = event => {
              const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
              let best = null, distance = 30 ** 2;
              load().forEach((list, c) => list.points.forEach((candidate, p) => {
                const d = (candidate.at[0] - x) ** 2 + (candidate.at[1] - y) ** 2;
                if (d < distance) { distance = d; best = candidate; curve = c; point = p; }
              }));
              if (best) return mark(best);
              hide();
              const place = frames.map(frame => frame.at(x, y)).find(found => found);
              if (place) show(place, event.clientX, event.clientY);
            };
            svg.addEventListener('pointermove', follow); svg.addEventListener('pointerdown', follow);
            svg.addEventListener('pointerleave', hide);
            if (!figure) continue;
            svg.tabIndex = 0; svg.addEventListener('blur', hide);
            if (!one('#curve-keys')) {
              const hint = document.createElement('p');
              hint.className = 'screen dim'; hint.id = 'curve-keys'; figure.before(hint);
              hint.textContent = 'Point at a curve, here and below, for its values; or come to the drawing with Tab and use '
                + 'the arrow keys: left and right along a curve, up and down to another.';
            }
            svg.setAttribute('aria-describedby', 'curve-keys');
            const jump = direction => {
              const points = lists[curve].points, start = points[point];
              // Points that lie on one another would look like keys that do nothing.
              for (let next = point + direction; points[next]; next += direction) {
                point = next;
                if (!start || Math.hypot(points[next].at[0] - start.at[0], points[next].at[1] - start.at[1]) > 4) break;
              }
            };
            svg.addEventListener('keydown', event => {
              if (event.key === 'Escape') return hide();
              if (!load().length) return;
              const turn = { ArrowDown: 1, ArrowUp: -1 }[event.key];
              if (event.key === 'ArrowRight') jump(1);
              else if (event.key === 'ArrowLeft') jump(-1);
              else if (event.key === 'Home') point = 0;
              else if (event.key === 'End') point = Infinity;
              else if (turn) {
                const share = point / Math.max(lists[curve].points.length - 1, 1);
                curve = (curve + turn + lists.length) % lists.length;
                point = Math.round(Math.min(Math.max(share, 0), 1) * (lists[curve].points.length - 1));
              } else return;
              event.preventDefault();
              point = Math.min(Math.max(point, 0), lists[curve].points.length - 1);
              mark(lists[curve].points[point], true);
            });
          }
        })();
        """
}
