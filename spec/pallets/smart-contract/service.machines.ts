import type { Machine } from '../../kernel/machine.js'
import './calls-service.js'
import { serviceContract } from './service-contract.machine.js'
import { settings } from './settings.machine.js'
import { solutionProvider } from './solution-provider.machine.js'

/** The machines that decide about the calls of calls-service.ts, all but `attachSolutionProviderId`: a grid contract does. */
export const serviceMachines: readonly Machine[] = [serviceContract, solutionProvider, settings]
