import { describe, expect, it } from 'vitest'
import { desktopEntry, mediaTypes, mediaTypesXml } from '../../../resources/package/desktopFiles.mjs'

describe('the desktop entry', () => {
  const lines = desktopEntry('/usr/lib/spiketune/spiketune').split('\n')

  it('starts the window with the file that was clicked', () => {
    expect(lines[0]).toBe('[Desktop Entry]')
    expect(lines).toContain('Exec=/usr/lib/spiketune/spiketune %f')
    expect(lines).toContain('Terminal=false')
  })

  it('opens every type that the package declares', () => {
    const opened = lines
      .find((line) => line.startsWith('MimeType='))
      ?.slice('MimeType='.length)
      .split(';')
    expect(opened).toEqual([...mediaTypes.map(({ type }) => type), ''])
  })
})

describe('the media types', () => {
  it('are definitions by their ending, and studies by their database', () => {
    const xml = mediaTypesXml()
    expect(xml).toContain('<glob pattern="*.spiketune.yaml" weight="80"/>')
    expect(xml).toContain('<glob pattern="study.sqlite" weight="80"/>')
    expect(xml.match(/<mime-type /g)).toHaveLength(mediaTypes.length)
    expect(xml.match(/<\/mime-type>/g)).toHaveLength(mediaTypes.length)
  })
})
