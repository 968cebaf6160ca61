/// What every sweep's page has: its look, and what sorts and filters its table.
enum SweepPageParts {
    static let style = """
        :root{color-scheme:light dark;--ink:#15191e;--muted:#59636e;--page:#fff;--line:#e4e8ec;--mark:#fff3d6}
        @media(prefers-color-scheme:dark){:root{--ink:#f0f4f8;--muted:#9aa4af;--page:#12161d;--line:#2a313a;--mark:#3b3216}}
        body{margin:2rem auto;max-width:72rem;padding:0 1.5rem;background:var(--page);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
        h1{font-size:1.5rem;margin:0}.summary,#count{color:var(--muted)}
        input{font:inherit;padding:.3rem .6rem;width:22rem;max-width:100%}
        .scroll{overflow:auto;max-height:32rem;border:1px solid var(--line);border-radius:6px}
        table{border-collapse:collapse;width:100%;font-size:13px;font-variant-numeric:tabular-nums}
        th{position:sticky;top:0;background:var(--page);text-align:left;box-shadow:0 1px var(--line)}
        th button{all:unset;cursor:pointer;padding:.45rem .6rem;font-weight:600;white-space:nowrap}
        th button:focus-visible{outline:2px solid}
        th[aria-sort=ascending] button::after{content:" ▲"}th[aria-sort=descending] button::after{content:" ▼"}
        td{padding:.3rem .6rem;border-top:1px solid var(--line);white-space:nowrap}
        tr.best td{background:var(--mark);font-weight:600}tr.failed td,tr.stopped td{color:var(--muted)}
        nav{display:flex;flex-wrap:wrap;gap:.2rem 1rem;margin:1rem 0}a{color:inherit}
        .tools{display:flex;flex-wrap:wrap;gap:.3rem 1rem;align-items:center}#hint{color:var(--muted);font-size:13px}
        :focus-visible{outline:2px solid var(--ink);outline-offset:2px}
        figure{margin:2rem 0;overflow:auto;break-inside:avoid}figure svg{max-width:100%;height:auto}
        figcaption{font-size:13px;color:var(--muted)}
        @media print{:root{color-scheme:light;--ink:#15191e;--muted:#59636e;--page:#fff;--line:#e4e8ec;--mark:#fff3d6}
        body{margin:0;max-width:none}nav,.tools,figcaption{display:none}.scroll{max-height:none;overflow:visible;border:0}
        table{font-size:9px}td,th button{white-space:normal;padding:.15rem .3rem}th{position:static}tr{break-inside:avoid}}
        """

    static let script = """
        const body=document.querySelector('#trials tbody'),heads=[...document.querySelectorAll('th')];
        let rows=[...body.rows];
        const key=(row,i)=>{const c=row.cells[i];return c.dataset.number!==undefined?Number(c.dataset.number):c.textContent};
        const order=(i,up)=>{rows.sort((a,b)=>{const x=key(a,i),y=key(b,i);
            if(x===''||y==='')return (x==='')-(y==='');
            const d=typeof x==='number'&&typeof y==='number'?x-y:String(x).localeCompare(String(y));return up?d:-d});
          body.append(...rows)};
        heads.forEach((head,i)=>head.querySelector('button').onclick=()=>{
          const up=head.getAttribute('aria-sort')!=='ascending';
          heads.forEach(h=>h.removeAttribute('aria-sort'));head.setAttribute('aria-sort',up?'ascending':'descending');
          order(i,up)});
        const names=heads.map(h=>h.dataset.name.toLowerCase());
        const filter=document.querySelector('#filter'),count=document.querySelector('#count');
        const matches=(row,word)=>{
          const m=word.match(/^(.+?)(<=|>=|<|>|=)(.+)$/);
          if(!m)return row.textContent.toLowerCase().includes(word);
          const i=names.findIndex(n=>n===m[1])>=0?names.findIndex(n=>n===m[1]):names.findIndex(n=>n.includes(m[1]));
          if(i<0)return false;const x=key(row,i),y=Number(m[3]);
          if(m[2]==='='){return typeof x==='number'?x===y:String(x).toLowerCase()===m[3]}
          if(typeof x!=='number')return false;
          return m[2]==='<'?x<y:m[2]==='>'?x>y:m[2]==='<='?x<=y:x>=y};
        const show=()=>{const words=filter.value.toLowerCase().split(/[\\s,]+/).filter(Boolean);let n=0;
          rows.forEach(r=>{const ok=words.every(w=>matches(r,w));r.hidden=!ok;n+=ok});
          count.textContent=n===rows.length?'':n+' of '+rows.length+' trials'};
        filter.oninput=show;
        // A site puts newer rows into the body, which are to be shown as those before them.
        body.addEventListener('renewed',()=>{rows=[...body.rows];
          const i=heads.findIndex(h=>h.hasAttribute('aria-sort'));
          if(i>=0)order(i,heads[i].getAttribute('aria-sort')==='ascending');show()});
        document.addEventListener('keydown',e=>{if(e.key==='/'&&e.target!==filter){e.preventDefault();filter.focus()}});
        """
}
