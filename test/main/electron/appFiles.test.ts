import { describe, expect, it } from 'vitest'
import { contentTypeOf, fileOfRequest, isPage } from '../../../src-main/electron/appFiles.ts'
import { contentSecurityPolicy } from '../../../src-main/electron/appProtocol.ts'

const file = (url: string): string | null => fileOfRequest(url, '/opt/spiketune/out/renderer/')

describe('the files of the page', () => {
  it('lie in the folder of the page', () => {
    expect(file('app://spiketune/index.html')).toBe('/opt/spiketune/out/renderer/index.html')
    expect(file('app://spiketune/assets/index-1a%2B2b.js?x=1#y')).toBe(
      '/opt/spiketune/out/renderer/assets/index-1a+2b.js',
    )
  })

  it.each([
    'app://spiketune/../../etc/passwd',
    'app://spiketune/%2e%2e/%2e%2e/main/main.js',
    'app://spiketune/..%2f..%2fmain/main.js',
    'app://spiketune/assets/%00.js',
    'app://spiketune/%E0%A4%A',
    'app://elsewhere/index.html',
    'app://spiketune.example/index.html',
    'file:///opt/spiketune/out/renderer/index.html',
    'https://spiketune/index.html',
    'not a url',
  ])('refuses %s or keeps it in the folder', (url) => {
    const path = file(url)
    expect(path === null || path.startsWith('/opt/spiketune/out/renderer/')).toBe(true)
    expect(path?.includes('\0') ?? false).toBe(false)
  })

  it('are of the kinds that a page needs', () => {
    expect(contentTypeOf('/x/index.html')).toBe('text/html; charset=utf-8')
    expect(contentTypeOf('/x/settings.json')).toBeNull()
    expect(contentTypeOf('/x/passwd')).toBeNull()
  })

  it.each(['', '#', '#trial-5', '?x=1', '?x#y', '#@evil.example/'])('have one page, also at %j of it', (rest) => {
    expect(isPage(`app://spiketune/index.html${rest}`)).toBe(true)
  })

  it.each([
    'app://spiketune/',
    'app://spiketune/other.html',
    'app://spiketune/index.html/',
    'app://spiketune.example/index.html',
    'app://spiketune:80/index.html',
    'app://me@spiketune/index.html',
    'file:///index.html',
    'https://spiketune/index.html',
    'about:blank',
    'about:blank#app://spiketune/index.html',
    'data:text/html,app://spiketune/index.html',
    '',
  ])('do not have the page %j', (address) => {
    expect(isPage(address)).toBe(false)
  })

  it('come with a policy that allows nothing unsafe and no connection', () => {
    expect(contentSecurityPolicy).toContain("default-src 'none'")
    expect(contentSecurityPolicy).toContain("connect-src 'none'")
    expect(contentSecurityPolicy).not.toMatch(/unsafe|\*|https?:/)
  })
})
