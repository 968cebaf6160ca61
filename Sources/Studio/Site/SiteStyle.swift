/// How a studio looks, beyond what its pages have anyway.
enum SiteStyle {
    static let sheet = """
        nav.site{display:flex;flex-wrap:wrap;gap:.3rem 1.4rem;align-items:baseline;padding:.9rem 0;margin:0;\
        border-bottom:1px solid var(--line)}nav.site a{text-decoration:none}nav.site a:hover{text-decoration:underline}
        nav.site a[aria-current]{color:inherit;font-weight:600}
        .filter{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;margin:1rem 0 .4rem}
        .filter input[type=search]{flex:1 1 22rem}
        input[type=search],input[type=text],textarea{font:inherit;color:inherit;background:var(--soft);\
        border:1px solid var(--line);border-radius:.45rem;padding:.35rem .7rem;min-width:0}
        [aria-invalid=true]{border-color:var(--bad)!important}
        :root{--bad:#b3261e;--good:#00703f;--busy:#0060ad}
        @media screen and (prefers-color-scheme:dark){:root{--bad:#ff8a80;--good:#5fd39a;--busy:#6bb5f0}}
        @media screen{:root[data-theme=dark]{--bad:#ff8a80;--good:#5fd39a;--busy:#6bb5f0}\
        :root[data-theme=light]{--bad:#b3261e;--good:#00703f;--busy:#0060ad}}
        .problem{border-left:4px solid var(--bad);padding:.5rem 1rem;background:var(--soft);max-width:none;\
        white-space:pre-wrap;overflow-wrap:anywhere}.problem code{display:block;white-space:pre;overflow-x:auto}
        .columns{column-width:16rem;max-height:20rem;overflow:auto;padding:.6rem;border:1px solid var(--line);\
        border-radius:.5rem;font-size:.88rem}.columns label{display:block;overflow-wrap:anywhere}
        .runs table{width:100%;font-size:.88rem;margin:0}.runs thead th{background:var(--paper)}
        .runs th a{color:inherit;text-decoration:none}.runs th a:hover{text-decoration:underline}
        .runs tbody th a{color:var(--accent)}.runs tbody tr:hover{background:var(--soft)}
        .runs td{white-space:nowrap;max-width:22rem;overflow:hidden;text-overflow:ellipsis}
        .runs th[aria-sort=ascending] a::after{content:" ▲"}.runs th[aria-sort=descending] a::after{content:" ▼"}
        .state-finished{color:var(--good)}.state-running{color:var(--busy);font-weight:600}.state-failed{color:var(--bad)}
        .state-stopped{color:var(--dim)}
        .tag{display:inline-block;border:1px solid var(--line);border-radius:1rem;padding:0 .6rem;margin:0 .25rem .15rem 0;\
        font-size:.82rem;background:var(--soft);color:inherit;text-decoration:none}
        .pages{display:flex;gap:1rem;align-items:center;flex-wrap:wrap;margin:.8rem 0}
        .row{display:flex;flex-wrap:wrap;gap:.4rem .6rem;align-items:center;margin:.5rem 0}.row form{display:contents}
        form.note{display:flex;gap:.6rem;align-items:flex-start;flex-wrap:wrap}form.note textarea{flex:1 1 24rem;min-height:4.2rem}
        .danger{color:var(--bad)}
        .charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr));gap:1rem;margin:1rem 0}
        .chart{margin:0;border:1px solid var(--line);border-radius:.6rem;padding:.7rem .8rem;background:var(--soft)}
        .chart.wide{grid-column:1/-1}.chart circle{fill:var(--soft)!important}header.top button{margin-top:1.6rem}
        .chart h3{margin:0 0 .3rem}.chart svg{width:100%;height:auto;display:block;overflow:visible}
        .chart text{fill:var(--dim);font-size:11px;font-variant-numeric:tabular-nums}
        .chart .grid{stroke:var(--line);stroke-width:1}.chart path{fill:none;stroke-width:1.8;stroke-linejoin:round}
        .chart .train{stroke:#0060ad;fill:none}.chart .valid{stroke:#d55e00;stroke-dasharray:6 3}
        .chart .rule{stroke:var(--text);stroke-width:1;stroke-dasharray:2 2}
        .chart .key{font-size:.85rem;color:var(--dim);min-height:1.4em;font-variant-numeric:tabular-nums}
        .key .train::before,.key .valid::before{content:"";display:inline-block;width:1.3rem;border-top:3px solid #0060ad;\
        vertical-align:middle;margin-right:.35rem}.key .valid::before{border-top:3px dashed #d55e00}.key span{margin-right:1rem}
        @media screen and (prefers-color-scheme:dark){.chart .train{stroke:#56a8e8}.chart .valid{stroke:#ff8a4c}\
        .key .train::before{border-color:#56a8e8}.key .valid::before{border-color:#ff8a4c}}
        @media screen{:root[data-theme=dark] .chart .train{stroke:#56a8e8}:root[data-theme=dark] .chart .valid{stroke:#ff8a4c}\
        :root[data-theme=dark] .key .train::before{border-color:#56a8e8}\
        :root[data-theme=dark] .key .valid::before{border-color:#ff8a4c}\
        :root[data-theme=light] .chart .train{stroke:#0060ad}:root[data-theme=light] .chart .valid{stroke:#d55e00}\
        :root[data-theme=light] .key .train::before{border-color:#0060ad}\
        :root[data-theme=light] .key .valid::before{border-color:#d55e00}}
        """
}
