/// What pages of a studio do, beyond what they do anyway.
enum SiteScript {
    /// The theme that was chosen stays chosen on the next page.
    static let theme = """
        'use strict';
        (() => {
          try {
            const root = document.documentElement, chosen = localStorage.getItem('graft-theme');
            if (chosen === 'dark' || chosen === 'light') root.dataset.theme = chosen;
            new MutationObserver(() => { if (root.dataset.theme) localStorage.setItem('graft-theme', root.dataset.theme); })
              .observe(root, { attributes: true, attributeFilter: ['data-theme'] });
          } catch (error) { /* Without storage every page begins with the system's theme. */ }
        })();
        """

    /// A page of a sweep that goes on is renewed in its place: filter, order and scroll stay.
    static let sweep = """
        'use strict';
        (() => {
          let tag = null;
          const renew = async () => {
            if (document.hidden) return;
            try {
              const answer = await fetch(location.pathname, { cache: 'no-cache' });
              const found = answer.headers.get('ETag');
              if (!answer.ok || found === tag) return;
              const first = tag === null; tag = found;
              if (first) return;
              const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
              document.querySelector('.summary').replaceWith(page.querySelector('.summary'));
              const body = document.querySelector('.trials tbody');
              body.replaceChildren(...page.querySelector('.trials tbody').rows);
              body.dispatchEvent(new Event('renewed'));
              const list = 'nav[aria-label=Sections]';
              document.querySelector(list).replaceWith(page.querySelector(list));
              for (const part of page.querySelectorAll('main section')) {
                const id = part.getAttribute('aria-labelledby');
                if (id === 'trials') continue;
                const old = document.getElementById(id);
                if (old) old.parentElement.replaceWith(part); else document.querySelector('main').append(part);
              }
            } catch (error) { /* The studio may have ended; it may come back. */ }
          };
          renew(); setInterval(renew, 4000);
        })();
        """
}
