import { expect, test } from 'vitest'
import type { Interface } from '../types.js'
import { problemOfInterfaces } from './interface.js'

const good: Interface = { name: 'zos', mac: '00:11:22:aa:BB:cc', ips: ['10.0.0.1', 'fe80::1'] }

test.each<[Partial<Interface>, string | null]>([
  [{}, null],
  [{ ips: [] }, null],
  [{ name: 'eth_0-a' }, null],
  [{ name: 'e0' }, 'InterfaceNameTooShort'],
  [{ name: 'Eth0' }, 'InvalidInterfaceName'],
  [{ name: 'eth0\n' }, 'InvalidInterfaceName'],
  [{ mac: '00:11:22:aa:BB:c' }, 'InterfaceMacTooShort'],
  [{ mac: '00-11-22-aa-BB-cc' }, 'InvalidMacAddress'],
  [{ mac: '00:11:22:aa:BB:cg' }, 'InvalidMacAddress'],
  [{ mac: '0:011:22:aa:BB:cc' }, 'InvalidMacAddress'],
  [{ ips: ['::1'] }, 'InterfaceIpTooShort'],
  [{ ips: ['10.0.0.1/24'] }, 'InvalidInterfaceIP'],
  [{ ips: ['10.0.0.256'] }, 'InvalidInterfaceIP'],
  [{ ips: ['1:2:3:4:5:6:7:::8'] }, 'overrun'],
])('%o: %s', (change, problem) => {
  expect(problemOfInterfaces([good, { ...good, ...change }])).toBe(problem)
})

test('the first problem counts: interface by interface, name, MAC, IPs', () => {
  const bad: Interface = { name: 'X', mac: 'X', ips: ['X'] }
  expect(problemOfInterfaces([{ ...good, ips: ['X'] }, bad])).toBe('InterfaceIpTooShort')
  expect(problemOfInterfaces([bad])).toBe('InterfaceNameTooShort')
  expect(problemOfInterfaces([{ ...bad, name: 'zos' }])).toBe('InterfaceMacTooShort')
})
