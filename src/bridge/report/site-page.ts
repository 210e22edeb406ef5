import { html } from '../../site/html.js'
import { table, type Page } from '../../site/page.js'
import { daemonQuirks } from '../../../spec/bridge/deployed/quirks.js'
import { safeguards } from '../../../spec/bridge/intended/safeguards.js'
import { DeployedBridge } from '../deployed.js'
import { deployedAt } from '../editions.js'
import { titleOf } from '../finding.js'
import { packagedKept, type Kept } from '../kept.js'
import { faultKinds, stepText } from '../step.js'
import { stress } from '../stress.js'
import { actorNames, drawActor } from './actor-picture.js'
import { backlogPlot } from './plot.js'
import { sequenceDiagram } from './sequence.js'

/** A file of the site. */
interface File {
  readonly path: string
  readonly content: string
}
const VERSION = 144
const fileOf = (i: number): string => `bridge/${i + 1}.svg`
const kept = (): readonly Kept[] => packagedKept(VERSION)
const isHabit = (id: string): boolean => daemonQuirks.some((q) => q.id === id)
const runs = [
  { at: 'intended', told: 'as intended' },
  { at: String(VERSION), told: `as deployed (${VERSION})` },
] as const

/** Diagrams of the kept failures, the machines, and the backlog of a short run of both bridges: the same bytes each time. */
export async function* bridgePictures(): AsyncGenerator<File> {
  const bridge = new DeployedBridge(deployedAt(VERSION), 3)
  for (const [i, known] of kept().entries())
    yield { path: fileOf(i), content: sequenceDiagram(bridge, known.steps, `${i + 1}. ${titleOf(known)}`) }
  for (const id of actorNames) yield { path: `bridge/${id}.svg`, content: (await drawActor(id, 'svg', 'plain')) as string }
  for (const { at, told } of runs) {
    const transfers = 1000
    const { backlog, ended } = await stress({ at, validators: 3, faults: faultKinds, seed: 1, transfers, rate: 1, every: 40 })
    const all = Object.values(ended).reduce((sum, n) => sum + n, 0)
    const title = `The bridge ${told}: ${transfers} transfers, 3 validators, all faults`
    yield { path: `bridge/backlog-${at}.svg`, content: backlogPlot(backlog, title, `${all} of ${transfers} ended, one begun a round`) }
  }
}

/** What breaks on the bridge as deployed, and what the intended one does about it. */
export function bridgePage(): Page {
  const failures = kept()
  return {
    path: 'bridge.html',
    title: 'The bridge, end to end',
    section: 'traces',
    body: html`<h1>The bridge, end to end</h1>
      <p class="lead">
        TFChain, Stellar, and the validators between them, while things go wrong: what the deployed bridge loses, and a design that loses
        nothing.
      </p>
      <p>
        <a href="#findings">${failures.length} failures as deployed</a> · <a href="#habits">habits of the daemon</a> ·
        <a href="#machines">machines</a> · <a href="#intended">safeguards as intended</a> · <a href="#backlog">backlog</a>
      </p>
      <h2 id="findings">As deployed: what breaks</h2>
      <p>
        Each was found by a search, shrunk until no step can be dropped, and its TFChain part confirmed on the real runtime.
        <code>tfspec bridge replay FILE</code> carries one out again.
      </p>
      ${table(
        'Failures of the bridge as deployed',
        ['', 'What happens', 'Trigger', 'What repairs it alone'],
        failures.map(({ about, kind, triggers, causes }, i) => [
          html`<a href="#f${i + 1}">${i + 1}</a>`,
          `${about} ${kind}`,
          triggers.join(', ') || 'load alone',
          causes.length === 0
            ? 'nothing alone'
            : causes.map((id, j) => html`${j === 0 ? '' : ', '}${isHabit(id) ? html`<a href="#${id}">${id}</a>` : id}`),
        ]),
      )}
      ${failures.map(
        (known, i) =>
          html`<h3 id="f${i + 1}">${i + 1}. ${titleOf(known)}</h3>
            <ol>
              ${known.steps.map((step) => html`<li>${stepText(step)}</li>`)}
            </ol>
            <p><img src="/${fileOf(i)}" alt="Sequence diagram of failure ${i + 1}" loading="lazy" /></p>`,
      )}
      <h2 id="habits">Habits of the deployed daemon</h2>
      ${table(
        'Habits of the deployed daemon that break a promise',
        ['Habit', 'What it does', 'Repaired, it', 'Source'],
        daemonQuirks.map(({ id, says, repair, source }) => [html`<span id="${id}">${id}</span>`, says, repair, source]),
      )}
      <h2 id="machines">The machines</h2>
      ${actorNames.map(
        (id) =>
          html`<h3>${id}</h3>
            <p><img src="/bridge/${id}.svg" alt="Picture of the machine ${id}" loading="lazy" /></p>`,
      )}
      <h2 id="intended">As intended: the safeguards</h2>
      <p>Take any one out, and a run fails: <code>tfspec bridge matrix</code>. The design is decision 10.</p>
      ${table(
        'Safeguards of the intended bridge',
        ['Safeguard', 'Where', 'What it does'],
        safeguards.map(({ id, where, says }) => [id, where, says]),
      )}
      <h2 id="backlog">Backlog under all faults</h2>
      ${runs.map(({ at, told }) => html`<p><img src="/bridge/backlog-${at}.svg" alt="Open transfers over rounds, ${told}" /></p>`)}`,
  }
}
