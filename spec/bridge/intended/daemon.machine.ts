import { accept } from '../../kernel/machine.js'
import type { ActorSpec } from '../actor.js'
import { depositsOf, START, type IntendedDaemon } from './daemon.js'

const ask = (what: 'load' | 'page' | 'open' | 'report' | 'sign' | 'submit' | 'results' | 'settle') => (d: IntendedDaemon) =>
  (d.request = { what })

/**
 * The daemon as intended: it looks at both ledgers, does what is missing, and looks again. Every effect may be done twice, so it
 * may die anywhere; no error ends it, and none is retried before the next look.
 */
export const intendedDaemon: ActorSpec<IntendedDaemon> = {
  id: 'daemon-intended',
  says: 'the validator daemon as it is intended',
  states: {
    down: { start: [accept('BE-START-1', { to: 'loading', do: ['askDisk'] })] },
    loading: {
      answer: [
        accept('BE-START-2', { when: 'failed', to: 'down', do: ['rest'] }),
        accept('BE-START-3', { to: 'idle', do: ['readDisk', 'rest'] }),
      ],
    },
    idle: { look: [accept('BE-LOOK-1', { to: 'reading', do: ['askPage'] })] },
    reading: {
      answer: [
        accept('BE-READ-1', { when: 'failed', to: 'listing', do: ['askOpen'], says: 'Stellar does not answer: the rest can go on' }),
        accept('BE-READ-2', { quirk: 'S-CURSOR-LAST', when: 'pageHasSomething', to: 'saving-first', do: ['takePage', 'save'] }),
        accept('BE-READ-3', { when: 'somethingToReport', to: 'reporting', do: ['takePage', 'callReport'] }),
        accept('BE-READ-4', { when: 'cursorMoves', to: 'saving', do: ['takePage', 'save'], says: 'all of it was decided already' }),
        accept('BE-READ-5', { to: 'listing', do: ['askOpen'] }),
      ],
    },
    'saving-first': {
      answer: [
        accept('BE-SAVE-1', { when: 'failed', to: 'down', do: ['rest'] }),
        accept('BE-SAVE-2', { to: 'reporting', do: ['callReport'] }),
      ],
    },
    reporting: {
      answer: [
        accept('BE-REPORT-1', { when: 'failed', to: 'idle', do: ['rest'], says: 'nothing is saved: the next look reads the same page' }),
        accept('BE-REPORT-2', { quirk: 'S-MOVES-ON', when: 'someWereRefused', to: 'reporting', do: ['callReport'] }),
        accept('BE-REPORT-3', { to: 'saving', do: ['save'] }),
      ],
    },
    saving: {
      answer: [accept('BE-SAVE-3', { when: 'failed', to: 'down', do: ['rest'] }), accept('BE-SAVE-4', { to: 'listing', do: ['askOpen'] })],
    },
    listing: {
      answer: [
        accept('BE-LIST-1', { when: 'failed', to: 'idle', do: ['rest'] }),
        accept('BE-LIST-2', { when: 'nothingIsOpen', to: 'idle', do: ['rest'] }),
        accept('BE-LIST-3', { when: 'allAreSigned', to: 'submitting', do: ['takeOpen', 'callSubmit'] }),
        accept('BE-LIST-4', { to: 'signing', do: ['takeOpen', 'callSign'] }),
      ],
    },
    signing: { answer: [accept('BE-SIGN-1', { to: 'submitting', do: ['callSubmit'], says: 'refused or lost: the next look tells' })] },
    submitting: {
      answer: [
        accept('BE-SUBMIT-1', {
          to: 'watching',
          do: ['askResults'],
          says: 'what Stellar answered does not matter: what it did shows in its history',
        }),
      ],
    },
    watching: {
      answer: [
        accept('BE-WATCH-1', { when: 'failed', to: 'idle', do: ['rest'] }),
        accept('BE-WATCH-2', { when: 'nothingHappened', to: 'idle', do: ['rest'] }),
        accept('BE-WATCH-3', { to: 'settling', do: ['takeResults', 'callSettle'] }),
      ],
    },
    settling: { answer: [accept('BE-SETTLE-1', { to: 'idle', do: ['rest'] })] },
  },
  guards: {
    failed: (d) => !d.answer.ok,
    pageHasSomething: (d) => d.answer.ok && (d.answer.page ?? []).length > 0,
    somethingToReport: (d) => d.answer.ok && (d.answer.page ?? []).length > 0,
    /** Beyond what is saved: what was read and could not be reported was read in vain. */
    cursorMoves: (d) => {
      const { cursor, behind } = d.disk === 'torn' ? START : d.disk
      return d.answer.ok && d.answer.readTo !== undefined && (d.answer.readTo.cursor > cursor || d.answer.readTo.behind > behind)
    },
    someWereRefused: (d) => d.answer.ok && (d.answer.refused ?? 0) > 0,
    nothingIsOpen: (d) => d.answer.ok && (d.answer.open ?? []).length === 0,
    allAreSigned: (d) => d.answer.ok && (d.answer.open ?? []).every(([, p]) => p.signatures.some((s) => s.who === d.account)),
    nothingHappened: (d) => d.answer.ok && (d.answer.results ?? []).length === 0,
  },
  effects: {
    rest: (d) => (d.request = null),
    readDisk: (d) => (d.read = d.disk === 'torn' ? START : d.disk),
    askDisk: ask('load'),
    askPage: ask('page'),
    askOpen: ask('open'),
    askResults: ask('results'),
    callReport: ask('report'),
    callSign: ask('sign'),
    callSubmit: ask('submit'),
    callSettle: ask('settle'),
    takePage: (d) => {
      const page = d.answer.ok ? (d.answer.page ?? []) : []
      d.seen = depositsOf(page, d.has('S-EVERY-OPERATION'))
      d.read = (d.answer.ok ? d.answer.readTo : undefined) ?? d.read
    },
    save: (d) => (d.request = { what: 'save', ...d.read }),
    takeOpen: (d) => {
      if (d.answer.ok) d.open = d.answer.open ?? []
    },
    takeResults: (d) => {
      if (d.answer.ok) d.results = d.answer.results ?? []
    },
  },
}
