import { testEverywhere, testEverywhereInput } from '#lib/connections/test-everywhere.ts';
import { streamRoute } from '#lib/http/route.ts';

export const POST = streamRoute({ right: 'element:test', input: testEverywhereInput }, testEverywhere);
