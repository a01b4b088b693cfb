// How Tocsin itself is, asked again and again while somebody looks.
import { useQuery } from '@tanstack/react-query'
import { client } from '../client.ts'

const EVERY_MS = 5000

export const useHealth = () =>
  useQuery({ queryKey: ['health'], queryFn: () => client.getHealth(), refetchInterval: EVERY_MS })
