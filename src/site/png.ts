/** A picture as PNG. The renderer is native code of 5 MB: it is loaded only when somebody asks for a PNG. */
export async function pngOf(svg: string, scale = 2): Promise<Buffer> {
  const { Resvg } = await import('@resvg/resvg-js')
  const drawn = new Resvg(svg, { fitTo: { mode: 'zoom', value: scale }, font: { loadSystemFonts: true, defaultFontFamily: 'DejaVu Sans' } })
  return Buffer.from(drawn.render().asPng())
}
