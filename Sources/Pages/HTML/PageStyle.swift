/// How pages look: light or dark as the reader's system or choice is, dark on light in print.
enum PageStyle {
    static let sheet = """
        :root{--paper:#fff;--text:#15191e;--dim:#59636e;--line:#d8dee4;--soft:#f4f6f8;--accent:#0060ad;--on:#fff}
        @media screen and (prefers-color-scheme:dark){:root{--paper:#0d1117;--text:#f0f4f8;--dim:#a0abb6;--line:#303841;\
        --soft:#171d25;--accent:#6bb5f0;--on:#0b0f14}}
        @media screen{:root[data-theme=dark]{--paper:#0d1117;--text:#f0f4f8;--dim:#a0abb6;--line:#303841;--soft:#171d25;\
        --accent:#6bb5f0;--on:#0b0f14}
        :root[data-theme=light]{--paper:#fff;--text:#15191e;--dim:#59636e;--line:#d8dee4;--soft:#f4f6f8;\
        --accent:#0060ad;--on:#fff}}
        *{box-sizing:border-box}
        html{color-scheme:light dark}:root[data-theme=dark]{color-scheme:dark}:root[data-theme=light]{color-scheme:light}
        body{margin:0 auto;max-width:76rem;padding:0 1.5rem 4rem;background:var(--paper);color:var(--text);\
        font:16px/1.55 system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,'DejaVu Sans',sans-serif}
        a{color:var(--accent)}h1{font-size:1.8rem;line-height:1.2;margin:.2rem 0 .4rem;overflow-wrap:anywhere}
        h2{font-size:1.3rem;margin:2.6rem 0 .8rem;padding-top:.9rem;border-top:1px solid var(--line)}
        h3{font-size:1.02rem;margin:1.6rem 0 .4rem}p{margin:.4rem 0 .8rem;max-width:50rem}
        footer{margin-top:2.4rem}.dim{color:var(--dim)}.number{text-align:right;font-variant-numeric:tabular-nums}
        .skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;background:var(--paper);padding:.5rem}
        header.top{display:flex;padding-top:1.4rem;gap:1rem;align-items:flex-start;justify-content:space-between}
        nav ul{display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;padding:0;margin:.6rem 0;list-style:none;font-size:.92rem}
        .cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(11rem,45%),1fr));gap:.8rem;margin:1.2rem 0;padding:0}
        .card{border:1px solid var(--line);border-radius:.6rem;padding:.8rem 1rem;background:var(--soft)}
        .card dt{color:var(--dim);font-size:.86rem}.card dd{margin:0;font-size:1.55rem;font-weight:600;\
        font-variant-numeric:tabular-nums}.card dd small{display:block;font-size:.8rem;font-weight:400;color:var(--dim)}
        figure{margin:1rem 0 1.4rem;overflow-x:auto;padding:3px}\
        /* On a narrow screen, text that can be read is worth scrolling. */\
        figure svg{max-width:max(100%,40rem);height:auto;display:block}
        figcaption{color:var(--dim);font-size:.9rem;margin-top:.4rem;max-width:50rem}
        .file{display:inline-block;margin:.15rem .6rem .15rem 0;font-size:.88rem}
        .scroll{overflow-x:auto;max-width:100%}table{border-collapse:collapse;font-size:.9rem;margin:.6rem 0}
        caption{text-align:left;color:var(--dim);padding:.2rem 0 .4rem}
        th,td{padding:.28rem .7rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
        thead th{border-bottom:2px solid var(--line);white-space:nowrap}th[scope=row]{font-weight:500}
        th.number,td.number{text-align:right}
        button{font:inherit;color:var(--text);background:var(--soft);border:1px solid var(--line);border-radius:.45rem;\
        padding:.25rem .7rem;cursor:pointer}button:hover{border-color:var(--accent)}
        :focus-visible{outline:3px solid var(--accent);outline-offset:2px}
        .matrix td{padding:0;text-align:center;border:1px solid var(--paper)}
        .matrix button{width:100%;min-width:3.4rem;border:0;border-radius:0;padding:.55rem .4rem;\
        font-variant-numeric:tabular-nums}.matrix button[aria-pressed=true]{outline:3px solid var(--accent);\
        outline-offset:-3px}
        .pictures{display:flex;flex-wrap:wrap;gap:.7rem;list-style:none;padding:0;min-height:2rem}
        .pictures li{width:7.4rem;font-size:.78rem;overflow-wrap:anywhere}
        .pictures img{width:100%;image-rendering:pixelated;border-radius:.3rem;background:var(--soft);display:block}
        .slider{display:flex;flex-wrap:wrap;gap:.6rem 1.2rem;align-items:center}
        .slider input[type=range]{flex:1 1 18rem;accent-color:var(--accent)}select{font:inherit;color:var(--text);\
        background:var(--soft);border:1px solid var(--line);border-radius:.45rem;padding:.25rem}
        details{margin:.6rem 0}summary{cursor:pointer}pre{background:var(--soft);padding:1rem;overflow-x:auto;\
        font-size:.85rem;border-radius:.5rem}
        .said{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}svg[tabindex]{touch-action:manipulation}
        .hover{position:fixed;pointer-events:none;background:var(--text);color:var(--paper);border-radius:.3rem;\
        padding:.1rem .5rem;font-size:.8rem;max-width:30rem;font-variant-numeric:tabular-nums;z-index:9}
        @media(prefers-reduced-motion:reduce){*{transition:none!important;animation:none!important;\
        scroll-behavior:auto!important}}
        @media print{body{max-width:none;padding:0;font-size:11pt}nav,.screen,.skip,button.theme{display:none}\
        header.top{padding:0}h2{break-after:avoid;margin-top:1.2rem;padding-top:.5rem}figure,.cards,table,tr{break-inside:avoid}\
        details table{break-inside:auto}\
        thead{display:table-header-group}figure{overflow:visible;margin:.6rem 0}.scroll{overflow:visible}\
        table{font-size:8.5pt}td,th,pre{overflow-wrap:anywhere}pre{white-space:pre-wrap}\
        figure svg{max-width:100%;max-height:8.8cm}figure.large svg{max-height:21.5cm}\
        details::details-content{content-visibility:visible;display:block}\
        a.file{color:inherit;text-decoration:none}}
        """
}
