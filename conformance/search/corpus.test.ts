import { describe, expect, test } from 'vitest'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Draw } from '../../model/draw.js'
import { makers } from '../../model/makers.js'
import type { Step } from '../../model/step.js'
import { editionNamed } from '../../spec/versions/editions.js'
import { genesis } from '../../spec/versions/genesis.js'
import { Reference } from '../../src/reference/reference.js'
import { Corpus, renumbered } from './corpus.js'
import { hashOfCorpus, keepCorpus, readCorpus } from './corpus-folder.js'
import { Explorer } from './explore.js'

const reference = new Reference(editionNamed('144'), genesis(144))
const advance = (id: number): Step => ({ type: 'advance', id, blocks: 1, seconds: 6 })
const draw = (): Draw => new Draw(1, reference.w, [])

describe('beginnings of cases', () => {
  test('the one continued most often goes first, and what is aimed at later', () => {
    const corpus = new Corpus([], 2)
    corpus.add({ steps: [advance(0)], hot: false })
    for (let i = 0; i < 3; i++) corpus.pick(draw())
    corpus.add({ steps: [advance(1)], hot: true })
    corpus.add({ steps: [advance(2)], hot: false })
    expect(corpus.all.map(({ steps }) => steps[0]!.id)).toEqual([1, 2])
  })

  test('none are given while nothing is known, and hot ones are forgotten when something nearer is found', () => {
    const corpus = new Corpus()
    expect(corpus.pick(draw())).toBeUndefined()
    corpus.add({ steps: [advance(0)], hot: true })
    corpus.cool()
    expect(corpus.size).toBe(0)
  })

  test('gaps in the numbering are closed', () => {
    expect(renumbered([advance(3), advance(9)]).map(({ id }) => id)).toEqual([0, 1])
  })
})

describe('exploring', () => {
  const explore = (): Explorer<never> => {
    const explorer = new Explorer<never>(reference, { afterStep: () => undefined }, { seed: 5, makers })
    for (let i = 0; i < 12; i++) explorer.run(30)
    return explorer
  }

  test('keeps beginnings that showed something new, the same ones for the same seed', () => {
    const [a, b] = [explore().corpus.all, explore().corpus.all]
    expect(a.length).toBeGreaterThan(3)
    expect(hashOfCorpus(a)).toBe(hashOfCorpus(b))
  })

  test('a folder gives back what was kept in it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tfspec-corpus-'))
    try {
      const prefixes = explore().corpus.all
      keepCorpus(folder, prefixes)
      expect(hashOfCorpus(readCorpus(folder, 144))).toBe(hashOfCorpus(prefixes))
      expect(readCorpus(join(folder, 'missing'), 144)).toEqual([])
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
