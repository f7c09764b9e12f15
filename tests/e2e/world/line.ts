import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A network line between a workstation and the region that a story can cut and mend. */
export type Line = {
  readonly url: string;
  readonly cut: () => void;
  readonly mend: () => void;
  /** Somebody else answers every request, as the sign-in page of a hotel's network does. */
  readonly answer: (status: number, type: string, body: string) => void;
  readonly close: () => Promise<void>;
};

export const startLine = async (regionPort: number): Promise<Line> => {
  const open = new Set<Socket>();
  let isCut = false;
  let stranger: string | null = null;
  const server = createServer((near) => {
    if (isCut) {
      near.destroy();
      return;
    }
    if (stranger !== null) {
      const words = stranger;
      near.on('error', () => near.destroy());
      near.once('data', () => near.end(words));
      return;
    }
    const far = connect(regionPort, '127.0.0.1');
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on('close', () => open.delete(socket));
      socket.on('error', () => {
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far);
    far.pipe(near);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const dropAll = (): void => {
    for (const socket of open) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${port}`,
    cut: () => {
      isCut = true;
      dropAll();
    },
    mend: () => {
      isCut = false;
      stranger = null;
    },
    answer: (status, type, body) => {
      isCut = false;
      stranger =
        `HTTP/1.1 ${status} So\r\ncontent-type: ${type}\r\n` +
        `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`;
      dropAll();
    },
    close: async () => {
      dropAll();
      server.close();
      await once(server, 'close');
    },
  };
};
