/**
 * Splits a command into words, as a shell would, without asking one: blanks part words, quotes hold them together, a backslash
 * takes the next character as it is.
 * @returns the words, or undefined when a quote is not closed
 */
export function wordsOf(command: string): readonly string[] | undefined {
  const words: string[] = []
  let word: string | undefined
  let quote = ''
  for (let i = 0; i < command.length; i++) {
    const c = command[i]!
    if (quote !== '') {
      if (c === quote) quote = ''
      else word = (word ?? '') + (c === '\\' && quote === '"' && i + 1 < command.length ? command[++i]! : c)
    } else if (c === '"' || c === "'") {
      quote = c
      word ??= ''
    } else if (c === '\\' && i + 1 < command.length) word = (word ?? '') + command[++i]!
    else if (/\s/.test(c)) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else word = (word ?? '') + c
  }
  if (word !== undefined) words.push(word)
  return quote === '' ? words : undefined
}
