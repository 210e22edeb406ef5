import { callTypes, type CallType } from '../../spec/kernel/call.js'
import type { Invariant } from '../../spec/kernel/invariant.js'
import { invariants } from '../../spec/invariants.js'
import type { Quirk } from '../../spec/versions/quirk.js'
import { requirements, type Requirement } from '../../spec/requirements.js'
import { quirks } from '../../spec/versions/quirks.js'
import type { Examples } from './examples.js'
import { section, type Explanation, type Section } from './explanation.js'
import { actionText, branchText, errorOf, places, spanText, type Place } from './places.js'

const rulesOf = (some: readonly Place[]): ReadonlySet<string> => new Set(some.map(({ branch }) => branch.meta.rule))
const unique = (lines: readonly string[]): readonly string[] => [...new Set(lines)]
const where = ({ machine, state, event }: Place): string => `${machine.id}, state ${state}, on ${event}`

/** Explains a rule, an invariant, a requirement, an error, a call or a quirk by its name; undefined for a name that nobody knows. */
export function explain(name: string, examples: Examples): Explanation | undefined {
  const rule = places.filter(({ branch }) => branch.meta.rule === name)
  if (rule.length > 0) return ruleText(name, rule, examples)
  const promise = invariants.find(({ id }) => id === name)
  if (promise !== undefined) return invariantText(promise, examples)
  const requirement = requirements.find(({ id }) => id === name)
  if (requirement !== undefined) return requirementText(requirement, examples)
  const quirk = quirks.find(({ id }) => id === name)
  if (quirk !== undefined) return quirkText(quirk, examples)
  const call = callTypes.get(name) ?? [...callTypes.values()].find((type) => type.name === name)
  if (call !== undefined) return callText(call, examples)
  const named = places.find((place) => errorOf(place) === name) ?? places.find((place) => errorOf(place)?.endsWith(`.${name}`) === true)
  const error = named === undefined ? undefined : errorOf(named)
  return error === undefined
    ? undefined
    : errorText(
        error,
        places.filter((place) => errorOf(place) === error),
        examples,
      )
}

function ruleText(id: string, found: readonly Place[], examples: Examples): Explanation {
  const [{ machine, branch, before }] = found as [Place, ...Place[]]
  const { meta, guard, target } = branch
  const rules = new Set([id])
  const sources = unique(found.flatMap(({ branch: { meta: m } }) => (m.source === undefined ? [] : [m.source])))
  return {
    kind: 'rule',
    id,
    says: meta.says ?? `${found[0]!.event} of ${machine.says}`,
    sections: [
      ...section('where', unique(found.map(where))),
      ...section('when', [
        ...before.map(({ meta: m, guard: g }) => `not ${g ?? ''} (${m.rule} decides first)`),
        guard === undefined ? 'and then always: it is the last of its list' : `and then when ${guard}`,
      ]),
      ...section(
        'what',
        branch.actions.map((action) => actionText(machine, action)),
      ),
      ...section('leads to', [target, meta.pays === 'no' ? 'the fee is given back' : undefined]),
      ...section('why', carriedBy('rules', rules)),
      ...section('versions', [spanText(branch)]),
      ...section('source', sources),
      ...section('tested by', testedBy(rules, examples)),
    ],
    ...exampleFor(rules, examples),
  }
}

function invariantText({ id, claim, kind, reads, brokenBy }: Invariant, examples: Examples): Explanation {
  const breaking = places.filter(({ branch }) => branch.meta.quirk !== undefined && brokenBy.includes(branch.meta.quirk))
  return {
    kind: 'invariant',
    id,
    says: claim,
    sections: [
      ...section('why', carriedBy('invariants', new Set([id]))),
      ...section('kind', [kind]),
      ...section('looks at', unique(reads.map(({ pallet, name }) => `${pallet}.${name}`))),
      ...section(
        'broken by',
        brokenBy.map((quirk) => `${quirk}: ${quirks.find((q) => q.id === quirk)?.says ?? ''}`),
      ),
      ...section('checked by', ['tfspec check, tfspec conform --target reference, tfspec findings']),
    ],
    ...exampleFor(rulesOf(breaking), examples),
  }
}

function requirementText(requirement: Requirement, examples: Examples): Explanation {
  const { id, says, source, status, reason, since, decided, rules = [], invariants: carriers = [], tests = [] } = requirement
  const named = new Map(places.map(({ machine, branch }) => [branch.meta.rule, branchText(machine, branch)]))
  return {
    kind: 'requirement',
    id,
    says,
    sections: [
      ...section('source', [source, since === undefined ? undefined : `since ${since}`]),
      ...section('status', [status, reason]),
      ...section('decided', [decided]),
      ...section(
        'rules that carry it',
        rules.map((rule) => named.get(rule) ?? rule),
      ),
      ...section(
        'invariants that carry it',
        carriers.map((carrier) => `${carrier}: ${invariants.find((i) => i.id === carrier)?.claim ?? ''}`),
      ),
      ...section('broken by', brokenBy(carriers)),
      ...section('tested by', tests),
    ],
    ...exampleFor(new Set(rules), examples),
  }
}

/** The quirks under which one of the invariants breaks. */
const brokenBy = (carriers: readonly string[]): readonly string[] =>
  unique(invariants.filter(({ id }) => carriers.includes(id)).flatMap((i) => i.brokenBy))

/** Requirements that link to one of the names. */
const carriedBy = (link: 'rules' | 'invariants', names: ReadonlySet<string>): readonly string[] =>
  requirements.filter((one) => one[link]?.some((name) => names.has(name)) === true).map(({ id, says }) => `${id}: ${says}`)

function quirkText({ id, says, promises, severity, source, from, until }: Quirk, examples: Examples): Explanation {
  const rules = places.filter(({ branch: { meta } }) => meta.quirk === id)
  const instead = places.filter(({ branch: { meta } }) => meta.instead === id)
  return {
    kind: 'quirk',
    id,
    says,
    sections: [
      ...section('promised', [promises]),
      ...section('severity', [severity]),
      ...section('versions', [
        `${from === undefined ? 'known at all described versions' : `from ${from} on`}${until === undefined ? '' : `, until ${until - 1}`}`,
      ]),
      ...section('rules', unique(rules.map(({ machine, branch }) => branchText(machine, branch)))),
      ...section('intended instead', unique(instead.map(({ machine, branch }) => branchText(machine, branch)))),
      ...section(
        'breaks',
        invariants.filter(({ brokenBy }) => brokenBy.includes(id)).map((i) => `${i.id}: ${i.claim}`),
      ),
      ...section('source', [source]),
    ],
    ...exampleFor(rulesOf(rules), examples),
  }
}

function callText(call: CallType, examples: Examples): Explanation {
  const handled = places.filter(({ event, machine }) => event === call.name && machine.pallet === call.pallet)
  const lists = listsByState(handled)
  const { args } = call
  const fields = args.kind === 'struct' ? args.fields.map(([name, of]) => `${name}: ${of.kind}`) : [args.kind]
  return {
    kind: 'call',
    id: call.fullName,
    says: handled[0]?.machine.says ?? '',
    sections: [
      ...section('arguments', fields),
      ...section('origin', [call.origin === 'restricted' ? 'root, or at least three fifths of the council' : call.origin]),
      ...lists,
      ...section('tested by', testedBy(rulesOf(handled), examples)),
    ],
    ...exampleFor(rulesOf(handled.filter((place) => errorOf(place) === undefined)), examples),
  }
}

/** The lists of rules that handle a call; states with the same list are told together. */
function listsByState(handled: readonly Place[]): readonly Section[] {
  const byState = new Map<string, Place[]>()
  for (const place of handled) byState.set(where(place), [...(byState.get(where(place)) ?? []), place])
  const byText = new Map<string, { readonly states: string[]; readonly title: string; readonly lines: readonly string[] }>()
  for (const list of byState.values()) {
    const [{ machine, state }] = list as [Place]
    const lines = list.map(({ branch }) => branchText(machine, branch))
    const known = byText.get(lines.join())
    if (known === undefined) byText.set(lines.join(), { states: [state], title: machine.id, lines })
    else known.states.push(state)
  }
  return [...byText.values()].map(({ states, title, lines }) => ({ title: `${title} that is ${states.join(', ')}`, lines }))
}

function errorText(error: string, refusals: readonly Place[], examples: Examples): Explanation {
  const example = examples.withError(error)
  const byRule = new Map<string, Place[]>()
  for (const place of refusals) byRule.set(place.branch.meta.rule, [...(byRule.get(place.branch.meta.rule) ?? []), place])
  const line = ([rule, at]: readonly [string, readonly Place[]]): string => {
    const [{ machine, branch }] = at as [Place]
    const events = unique(at.map(({ event }) => event)).join(', ')
    const states = unique(at.map(({ state }) => state)).join(', ')
    return `${rule}  on ${events} of a ${machine.id} that is ${states}, ${branch.guard === undefined ? 'when nothing before decides' : `when ${branch.guard}`} (${spanText(branch)})`
  }
  return {
    kind: 'error',
    id: error,
    says: unique(refusals.map(({ branch }) => branch.guard ?? 'otherwise')).join(', or '),
    sections: [
      ...section('refused by', [...byRule].map(line)),
      ...section('source', unique(refusals.flatMap(({ branch }) => (branch.meta.source === undefined ? [] : [branch.meta.source])))),
    ],
    ...(example === undefined ? exampleFor(rulesOf(refusals), examples) : { example }),
  }
}

function testedBy(rules: ReadonlySet<string>, examples: Examples): readonly string[] {
  const names = examples.of(rules)
  const fixtures = names.length === 0 ? [] : [`${names.length} fixtures, such as ${names.slice(0, 3).join(', ')}`]
  return [...fixtures, 'tfspec conform, whenever a sequence comes to it']
}

function exampleFor(rules: ReadonlySet<string>, examples: Examples): Pick<Explanation, 'example'> {
  const example = examples.shortest(rules)
  return example === undefined ? {} : { example }
}
