/// Draws the curves of a run while it goes on, from the events that the studio sends.
enum LiveScript {
    static let source = """
        'use strict';
        (() => {
          const live = document.getElementById('live');
          if (!live || !window.EventSource) return;
          const one = id => document.getElementById(id), NS = 'http://www.w3.org/2000/svg';
          let epochs = [], steps = [];
          const L = 48, R = 10, T = 8, B = 36;
          const make = (name, attributes, text) => {
            const element = document.createElementNS(NS, name);
            for (const key in attributes) element.setAttribute(key, attributes[key]);
            if (text !== undefined) element.textContent = text;
            return element;
          };
          const short = number => !Number.isFinite(number) ? '-' : Math.abs(number) >= 1e4 || Math.abs(number) < 1e-3 && number !== 0
            ? number.toExponential(2) : number.toFixed(4);
          const ticks = (low, high, count) => {
            const rough = (high - low) / count, power = 10 ** Math.floor(Math.log10(rough));
            const step = [1, 2, 5, 10].map(f => f * power).find(s => s >= rough);
            const list = [];
            for (let at = Math.ceil(low / step) * step; at <= high + step / 1e6; at += step) list.push(at);
            return list;
          };
          const label = number => Number(number.toPrecision(4)).toString();
          // A chart: series of points [x, y]; with the arrow keys or the pointer a reader goes from point to point.
          const charts = [...live.querySelectorAll('.chart')].map(figure => {
            const svg = figure.querySelector('svg'), key = figure.querySelector('.key');
            const { width: W, height: H } = svg.viewBox.baseVal;
            const chart = { figure, svg, key, W, H, series: [], at: null };
            const show = () => {
              const points = chart.series.length ? chart.series[0].points : [];
              svg.querySelector('.rule')?.remove();
              if (chart.at === null || !points.length) { chart.legend(null); return; }
              chart.at = Math.max(0, Math.min(points.length - 1, chart.at));
              const x = points[chart.at][0];
              svg.append(make('line', { class: 'rule', x1: chart.x(x), x2: chart.x(x), y1: T, y2: H - B }));
              chart.legend(x);
            };
            chart.legend = x => {
              key.replaceChildren(...chart.series.map(line => {
                const entry = document.createElement('span');
                entry.className = line.style;
                const point = x === null ? line.points[line.points.length - 1] : line.points.find(p => p[0] === x);
                entry.textContent = line.name + ' ' + (point ? short(point[1]) : '-');
                return entry;
              }), ...(x === null ? [] : [chart.unit + ' ' + x]));
            };
            chart.show = show;
            svg.addEventListener('keydown', event => {
              const count = chart.series.length ? chart.series[0].points.length : 0;
              const moves = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10 };
              if (event.key in moves) chart.at = (chart.at === null ? count : chart.at) + moves[event.key];
              else if (event.key === 'Home') chart.at = 0; else if (event.key === 'End') chart.at = count - 1;
              else if (event.key === 'Escape') chart.at = null; else return;
              event.preventDefault(); show();
            });
            svg.addEventListener('pointermove', event => {
              const points = chart.series.length ? chart.series[0].points : [];
              if (!points.length) return;
              const box = svg.getBoundingClientRect(), x = (event.clientX - box.left) / box.width * W;
              let best = 0;
              points.forEach((p, i) => { if (Math.abs(chart.x(p[0]) - x) < Math.abs(chart.x(points[best][0]) - x)) best = i; });
              chart.at = best; show();
            });
            svg.addEventListener('pointerleave', () => { chart.at = null; show(); });
            svg.addEventListener('blur', () => { chart.at = null; show(); });
            return chart;
          });
          const draw = (chart, unit, series) => {
            const { W, H } = chart;
            chart.series = series.map(line => ({ ...line, points: line.points.filter(p => Number.isFinite(p[1]) && Math.abs(p[1]) < 1e100) }))
              .filter(line => line.points.length);
            chart.unit = unit; chart.figure.hidden = !chart.series.length;
            if (!chart.series.length) return;
            const all = chart.series.flatMap(line => line.points), xs = all.map(p => p[0]), ys = all.map(p => p[1]);
            const x0 = Math.min(...xs), x1 = Math.max(x0 + 1, ...xs);
            const low = Math.min(...ys), high = Math.max(...ys), margin = Math.max((high - low) * 0.06, Math.abs(high) * 1e-3, 1e-9);
            const y0 = low - margin, y1 = high + margin;
            chart.x = v => L + (v - x0) / (x1 - x0) * (W - L - R); chart.y = v => H - B - (v - y0) / (y1 - y0) * (H - T - B);
            const parts = [];
            for (const at of ticks(y0, y1, 5)) parts.push(
              make('line', { class: 'grid', x1: L, x2: W - R, y1: chart.y(at), y2: chart.y(at) }),
              make('text', { x: L - 6, y: chart.y(at) + 4, 'text-anchor': 'end' }, label(at)));
            for (const at of ticks(x0, x1, W / 76).filter(Number.isInteger)) parts.push(
              make('text', { x: chart.x(at), y: H - B + 15, 'text-anchor': 'middle' }, label(at)));
            parts.push(make('text', { x: W - R, y: H - 4, 'text-anchor': 'end' }, unit));
            for (const line of chart.series) {
              parts.push(make('path', { class: line.style, d: line.points.map((p, i) =>
                (i ? 'L' : 'M') + chart.x(p[0]).toFixed(1) + ' ' + chart.y(p[1]).toFixed(1)).join('') }));
              const last = line.points[line.points.length - 1];
              parts.push(make('circle', { class: line.style, cx: chart.x(last[0]), cy: chart.y(last[1]), r: 2.6 }));
            }
            chart.svg.replaceChildren(...parts);
            chart.svg.setAttribute('aria-label', chart.figure.querySelector('h3').textContent + ': ' +
              chart.series.map(line => line.name + ' ' + short(line.points[line.points.length - 1][1])).join(', ') +
              '. Arrow keys read single values.');
            chart.show();
          };
          const column = (rows, name, x) => rows.map((row, i) => [x(row, i), row[name]]).filter(p => typeof p[1] === 'number');
          const card = (id, text) => { const place = one('live-' + id); if (place) place.textContent = text; };
          const clock = seconds => seconds < 60 ? Math.round(seconds) + ' s' : seconds < 5400 ? Math.round(seconds / 60) + ' min'
            : (seconds / 3600).toFixed(1) + ' h';
          let isDue = false;
          const update = () => {
            if (isDue) return;
            isDue = true;
            requestAnimationFrame(() => {
              isDue = false;
              const epoch = row => row.epoch;
              draw(charts[0], 'epoch', [{ name: 'training', style: 'train', points: column(epochs, 'loss', epoch) },
                { name: 'validation', style: 'valid', points: column(epochs, 'val_loss', epoch) }]);
              draw(charts[1], 'epoch', [{ name: 'training', style: 'train', points: column(epochs, 'accuracy', epoch) },
                { name: 'validation', style: 'valid', points: column(epochs, 'val_accuracy', epoch) }]);
              draw(charts[2], 'step', [{ name: 'loss', style: 'train', points: column(steps, 'loss', row => row.at) }]);
              const last = epochs[epochs.length - 1], step = steps[steps.length - 1], total = +live.dataset.epochs;
              if (last) {
                card('epoch', last.epoch + (total ? ' of ' + total : ''));
                card('loss', short(typeof last.val_loss === 'number' ? last.val_loss : last.loss));
                const share = typeof last.val_accuracy === 'number' ? last.val_accuracy : last.accuracy;
                card('accuracy', (share * 100).toFixed(1) + ' %');
                const mean = epochs.reduce((sum, row) => sum + row.seconds, 0) / epochs.length;
                card('left', total > last.epoch ? 'about ' + clock(mean * (total - last.epoch)) : '-');
              }
              const now = step && (!last || step.epoch > last.epoch) ? step : last;
              if (now) card('now', now.stage + (now.step ? ', step ' + now.step + ' of epoch ' + now.epoch : ''));
            });
          };
          const state = one('live-state');
          const source = new EventSource(live.dataset.events);
          // Steps count on through the epochs, as many as each epoch had.
          let before = 0, previous = null;
          source.addEventListener('step', event => {
            const row = JSON.parse(event.data);
            if (previous && row.epoch !== previous.epoch) before += previous.step;
            previous = row; row.at = before + row.step; steps.push(row);
            // Of very many points every second goes.
            if (steps.length > 3000) steps = steps.filter((_, i) => i % 2 === 0 || i === steps.length - 1);
            update();
          });
          source.addEventListener('epoch', event => { epochs.push(JSON.parse(event.data)); update(); });
          source.addEventListener('reset', () => { epochs = []; steps = []; before = 0; previous = null; update(); });
          source.addEventListener('state', event => {
            const now = JSON.parse(event.data).state;
            state.textContent = now; state.className = 'state-' + now;
            if (now !== 'running') { source.close(); setTimeout(() => location.reload(), 1500); }
          });
          source.addEventListener('open', () => { if (state.textContent === 'not connected') state.textContent = 'running'; });
          source.addEventListener('error', () => { if (source.readyState !== 2) state.textContent = 'not connected'; });
        })();
        """
}
