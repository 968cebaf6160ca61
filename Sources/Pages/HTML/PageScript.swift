/// What pages do: the theme, the pictures of a confusion cell, the threshold. Without it, a page is whole but still.
enum PageScript {
    static let source = """
        'use strict';
        (() => {
          const root = document.documentElement, one = (s, n = document) => n.querySelector(s);
          const all = (s, n = document) => [...n.querySelectorAll(s)];
          const theme = one('button.theme');
          if (theme) {
            const dark = () => (root.dataset.theme || (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';
            const show = () => { theme.textContent = dark() ? 'Light theme' : 'Dark theme'; };
            theme.addEventListener('click', () => { root.dataset.theme = dark() ? 'light' : 'dark'; show(); });
            show();
          }
          for (const part of all('[data-explorer]')) {
            const data = JSON.parse(one('script[type="application/json"]', part).textContent);
            const list = one('.pictures', part), title = one('.cell-title', part);
            for (const button of all('.matrix button', part)) button.addEventListener('click', () => {
              all('.matrix button', part).forEach(other => other.setAttribute('aria-pressed', other === button));
              const [row, column] = button.dataset.cell.split(' ').map(Number), cell = data.cells[row][column];
              title.textContent = data.classes[row] + ' taken for ' + data.classes[column] + ': ' + button.textContent.trim() +
                (cell.length < +button.textContent ? ', the ' + cell.length + ' with the greatest score' : '');
              list.replaceChildren(...cell.map(item => {
                const entry = document.createElement('li');
                if (item.picture) {
                  const image = document.createElement('img');
                  image.src = 'data:image/png;base64,' + item.picture; image.alt = item.file; entry.append(image);
                }
                entry.append(item.file + ' (' + item.score.toFixed(3) + ')');
                return entry;
              }));
            });
            const slider = one('input[type=range]', part), choice = one('select', part), output = one('output', part);
            const update = () => {
              const counts = data.thresholds[choice.selectedIndex], at = +slider.value;
              const tp = counts.tp[at], fp = counts.fp[at], fn = counts.positives - tp, tn = counts.negatives - fp;
              const share = (a, b) => b ? (a / b).toFixed(4) : '-';
              const values = { threshold: (at / 100).toFixed(2), tp, fp, fn, tn, precision: share(tp, tp + fp), recall: share(tp, tp + fn),
                specificity: share(tn, tn + fp), f1: share(2 * tp, 2 * tp + fp + fn) };
              for (const name in values) one('[data-value=' + name + ']', part).textContent = values[name];
              output.textContent = values.threshold; slider.setAttribute('aria-valuetext', values.threshold);
            };
            slider.addEventListener('input', update); choice.addEventListener('change', update); update();
            all('.screen', part).forEach(element => { element.hidden = false; });
          }
        })();
        """
}
