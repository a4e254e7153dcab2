import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { connect as connectTls, TLSSocket } from "node:tls";

/** The status and the body of an answer that is not the server's. */
export type Foreign = readonly [number, string];
/** What somebody between answers to a request with this head in place of the server; nothing: it goes through. */
export type Interference = (head: string) => Foreign | undefined;

/**
 * A device's way to the server, which can be cut and mended: a proxy that passes bytes on and understands none, as a
 * mobile net does. What is cut is cut at once, at both ends; until it is mended nothing gets through. It can also be
 * one that reads along, as a gateway or a city's filter does, and answers in the server's place.
 */
export class Cable {
  readonly #proxy: Server;
  readonly #ends = new Set<Duplex>();
  #is_cut = false;
  #interference: Interference | undefined;
  #identity: { key: Buffer; cert: Buffer } | undefined;

  private constructor(proxy: Server) {
    this.#proxy = proxy;
    proxy.on("connect", (request, near: Socket) => {
      const [host = "", port = ""] = (request.url ?? "").split(":");
      if (this.#is_cut || host !== "localhost") {
        near.destroy();
        return;
      }
      if (this.#interference) return this.#read(near, Number(port), this.#interference);
      const far = connect(Number(port), "127.0.0.1", () => near.write("HTTP/1.1 200 Connected\r\n\r\n"));
      this.#join(near, far);
    });
  }

  static async lay(): Promise<Cable> {
    const cable = new Cable(createServer());
    cable.#proxy.listen(0, "127.0.0.1");
    await once(cable.#proxy, "listening");
    return cable;
  }

  #join(near: Duplex, far: Duplex): void {
    for (const [end, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#ends.add(end);
      end.pipe(other);
      end.on("error", () => other.destroy());
      end.on("close", () => {
        this.#ends.delete(end);
        other.destroy();
      });
    }
  }

  /** Ends the device's TLS here, and looks at the first request of the connection. */
  #read(near: Socket, port: number, interference: Interference): void {
    near.write("HTTP/1.1 200 Connected\r\n\r\n");
    const open = new TLSSocket(near, { isServer: true, ...this.#identity });
    this.#ends.add(open);
    open.on("close", () => this.#ends.delete(open));
    open.on("error", () => open.destroy());
    open.once("data", (head: Buffer) => {
      const foreign = interference(head.toString("latin1"));
      if (foreign) {
        const [status, body] = foreign;
        open.end(
          `HTTP/1.1 ${status} Foreign\r\nContent-Type: text/plain\r\nContent-Length: ` +
            `${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
        );
        return;
      }
      // The next request of the device is looked at as well: it comes by a connection of its own.
      const only = Buffer.from(
        head.toString("latin1").replace(/^connection: keep-alive$/im, "Connection: close"),
        "latin1",
      );
      const far = connectTls({ port, host: "127.0.0.1", rejectUnauthorized: false }, () => far.write(only));
      this.#join(open, far);
    });
  }

  /** As a browser's proxy. */
  get address(): string {
    return `http://127.0.0.1:${(this.#proxy.address() as AddressInfo).port}`;
  }

  cut(): void {
    this.#is_cut = true;
    for (const end of this.#ends) end.destroy();
  }

  mend(): void {
    this.#is_cut = false;
  }

  /**
   * From now on somebody reads along and answers in the server's place; nothing: nobody does. What is open is cut once.
   */
  interfere(interference?: Interference): void {
    if (interference && !this.#identity) {
      const folder = mkdtempSync(join(tmpdir(), "etakahvila-cable-"));
      const [key, cert] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
      execFileSync(
        "openssl",
        [
          "req",
          "-x509",
          "-newkey",
          "ec",
          "-pkeyopt",
          "ec_paramgen_curve:P-256",
          "-nodes",
          "-days",
          "2",
          "-subj",
          "/CN=localhost",
          "-addext",
          "subjectAltName=DNS:localhost",
          "-keyout",
          key,
          "-out",
          cert,
        ],
        { stdio: "pipe" },
      );
      this.#identity = { key: readFileSync(key), cert: readFileSync(cert) };
      rmSync(folder, { recursive: true });
    }
    this.#interference = interference;
    this.cut();
    this.mend();
  }

  async take_away(): Promise<void> {
    this.cut();
    this.#proxy.close();
    await once(this.#proxy, "close");
  }
}
