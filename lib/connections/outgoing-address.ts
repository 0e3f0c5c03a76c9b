import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { normalIp } from './host-spelling.ts';

/**
 * The address of this machine that packets to `ip` leave from, for allow-lists of firewalls and servers; null where there is no
 * way to it. A datagram socket asks the routing table and sends nothing.
 */
export function outgoingAddress(ip: string): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = createSocket(isIPv6(ip) ? 'udp6' : 'udp4');
    const end = (address: string | null) => {
      socket.close();
      resolve(address);
    };
    socket.once('error', () => end(null));
    socket.once('connect', () => end(normalIp(socket.address().address)));
    // any port will do: it only has to be one
    socket.connect(9, ip);
  });
}
