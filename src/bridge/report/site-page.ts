import { html } from '../../site/html.js'
import { table, type Page } from '../../site/page.js'
import { safeguards } from '../../../spec/bridge/intended/safeguards.js'
import { DeployedBridge } from '../deployed.js'
import { deployedAt } from '../editions.js'
import { titleOf } from '../finding.js'
import { knownTraces } from '../known.js'
import { faultKinds, stepText } from '../step.js'
import { stress } from '../stress.js'
import { traceOf } from '../traces-json.js'
import { backlogPlot } from './plot.js'
import { sequenceDiagram } from './sequence.js'

/** A file of the site. */
interface File {
  readonly path: string
  readonly content: string
}
const VERSION = 144
const fileOf = (i: number): string => `bridge/${i + 1}.svg`

/** The sequence diagrams of the known failures, and the backlog of a short run of both bridges: the same bytes each time. */
export async function* bridgePictures(): AsyncGenerator<File> {
  const bridge = new DeployedBridge(deployedAt(VERSION), 3)
  for (const [i, known] of knownTraces.entries())
    yield { path: fileOf(i), content: sequenceDiagram(bridge, traceOf(known.trace), `${i + 1}. ${titleOf(known)}`) }
  for (const at of ['intended', String(VERSION)]) {
    const { backlog } = await stress({ at, validators: 3, faults: faultKinds, seed: 1, transfers: 1000, rate: 2, every: 40 })
    yield { path: `bridge/backlog-${at}.svg`, content: backlogPlot(backlog, `Bridge ${at}: 1000 transfers, 3 validators, all faults`) }
  }
}

/** What breaks on the bridge as deployed, and what the intended one does about it. */
export function bridgePage(): Page {
  return {
    path: 'bridge.html',
    title: 'The bridge, end to end',
    section: 'traces',
    body: html`<h1>The bridge, end to end</h1>
      <p class="lead">TFChain, Stellar, and the validators between them, while things go wrong.</p>
      <h2 id="findings">As deployed: what breaks</h2>
      ${table(
        'Failures of the bridge as deployed',
        ['', 'What happens', 'Trigger', 'What repairs it alone'],
        knownTraces.map(({ about, kind, triggers, causes }, i) => [
          html`<a href="#f${i + 1}">${i + 1}</a>`,
          `${about} ${kind}`,
          triggers.join(', ') || 'load alone',
          causes.join(', ') || 'several at once',
        ]),
      )}
      ${knownTraces.map(
        (known, i) =>
          html`<h3 id="f${i + 1}">${i + 1}. ${titleOf(known)}</h3>
            <ol>
              ${traceOf(known.trace).map((step) => html`<li>${stepText(step)}</li>`)}
            </ol>
            <p><img src="/${fileOf(i)}" alt="Sequence diagram of failure ${i + 1}" loading="lazy" /></p>`,
      )}
      <h2 id="intended">As intended: the safeguards</h2>
      ${table(
        'Safeguards of the intended bridge',
        ['Safeguard', 'Where', 'What it does'],
        safeguards.map(({ id, where, says }) => [id, where, says]),
      )}
      <h2 id="backlog">Backlog under all faults</h2>
      <p><img src="/bridge/backlog-intended.svg" alt="Open transfers over rounds, as intended" /></p>
      <p><img src="/bridge/backlog-${VERSION}.svg" alt="Open transfers over rounds, as deployed" /></p>`,
  }
}
