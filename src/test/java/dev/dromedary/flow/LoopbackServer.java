package dev.dromedary.flow;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What listens on a free port of 127.0.0.1, serves each connection on a thread, and ends them. */
abstract class LoopbackServer implements AutoCloseable {

  final ExecutorService threads;
  final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ServerSocket listener;

  LoopbackServer(String name) throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    listener = new ServerSocket(0, 100, loopback);
    threads =
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, name);
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Serves a connection, and takes it out of those that are open. */
  abstract void serve(Socket client);

  final void listen() {
    threads.execute(this::accept);
  }

  final int port() {
    return listener.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
    threads.shutdownNow();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        open.add(client);
        threads.execute(() -> serve(client));
      }
    } catch (IOException closed) {
      threads.shutdown();
    }
  }
}
