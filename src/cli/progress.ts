import type { Progress } from '../../conformance/run/campaign.js'

/** One line of progress on standard error, on a terminal only. */
export function progressBar(name: string): { readonly update: (p: Progress) => void; readonly end: () => void } {
  const { stderr } = process
  if (!stderr.isTTY) return { update: () => undefined, end: () => undefined }
  return {
    update: ({ calls, of, seconds, differences }) => {
      const share = of === undefined ? '' : ` of ${of.toLocaleString('en-US')} (${Math.floor((100 * calls) / of)} %)`
      stderr.write(
        `\r\u001b[K${name}: ${calls.toLocaleString('en-US')}${share} calls, ${Math.round(calls / seconds).toLocaleString('en-US')}/s, ${differences} differences`,
      )
    },
    end: () => stderr.write('\r\u001b[K'),
  }
}
