package dev.dromedary.part;

import dev.dromedary.digest.TrailingDigest;
import dev.dromedary.transfer.DigestAlgorithm;
import dev.dromedary.transfer.Validators;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Measures the copy from a loopback socket to a part file against bare loops; no test. Arguments:
 * directory, MiB per run, rounds. The median of the rounds counts; variants take turns.
 */
final class CopyMeasurement {

  private static final String ID = "measured";

  private final Path directory;
  private final long bytes;

  private CopyMeasurement(Path directory, long bytes) {
    this.directory = directory;
    this.bytes = bytes;
  }

  public static void main(String[] args) throws Exception {
    CopyMeasurement measurement =
        new CopyMeasurement(Path.of(args[0]), Long.parseLong(args[1]) << 20);
    String[] names = {
      "bare channel 1M",
      "bare stream 1M",
      "copy 128K",
      "copy 256K",
      "copy 512K",
      "copy 1M",
      "copy+sha 128K",
      "copy+sha 256K",
      "copy+sha 512K",
      "copy+sha 1M"
    };
    int rounds = Integer.parseInt(args[2]);
    double[][] rates = new double[names.length][rounds];
    for (int round = -1; round < rounds; round++) {
      for (int i = 0; i < names.length; i++) {
        double rate = measurement.run(i);
        if (round >= 0) {
          rates[i][round] = rate;
        }
      }
    }
    for (int i = 0; i < names.length; i++) {
      Arrays.sort(rates[i]);
      System.out.printf(
          Locale.ROOT,
          "%-16s median %6.0f MiB/s  best %6.0f%n",
          names[i],
          rates[i][rounds / 2],
          rates[i][rounds - 1]);
    }
  }

  private double run(int variant) throws Exception {
    try (ServerSocketChannel server = ServerSocketChannel.open()) {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      int port = server.socket().getLocalPort();
      Thread sender = new Thread(() -> send(server));
      sender.start();
      long begun = System.nanoTime();
      switch (variant) {
        case 0 -> bareChannel(port);
        case 1 -> bareStream(port);
        default -> copy(port, (128 << 10) << ((variant - 2) % 4), variant > 5);
      }
      double seconds = (System.nanoTime() - begun) / 1e9;
      sender.join();
      return bytes / seconds / (1 << 20);
    }
  }

  private void send(ServerSocketChannel server) {
    try (SocketChannel to = server.accept()) {
      ByteBuffer chunk = ByteBuffer.allocateDirect(1 << 20);
      for (long sent = 0; sent < bytes; sent += chunk.capacity()) {
        chunk.clear();
        while (chunk.hasRemaining()) {
          to.write(chunk);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void bareChannel(int port) throws IOException {
    Path file = directory.resolve("bare");
    try (SocketChannel from =
            SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        FileChannel to =
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      ByteBuffer chunk = ByteBuffer.allocateDirect(1 << 20);
      while (from.read(chunk.clear()) >= 0) {
        to.write(chunk.flip());
      }
    }
    Files.delete(file);
  }

  private void bareStream(int port) throws IOException {
    Path file = directory.resolve("bare");
    try (Socket from = new Socket(InetAddress.getLoopbackAddress(), port);
        FileChannel to =
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      InputStream body = from.getInputStream();
      byte[] chunk = new byte[1 << 20];
      for (int read = body.read(chunk); read >= 0; read = body.read(chunk)) {
        to.write(ByteBuffer.wrap(chunk, 0, read));
      }
    }
    Files.delete(file);
  }

  private void copy(int port, int chunkBytes, boolean digested) throws Exception {
    PartSettings settings =
        new PartSettings(
            chunkBytes, PartSettings.DEFAULTS.syncEveryBytes(), PartSettings.DEFAULTS.syncEvery());
    PartFile file =
        PartFile.open(
            new PartPaths(directory),
            ID,
            new DiskStorage(),
            settings,
            BootId.current(),
            System::nanoTime);
    file.begin(
        new PartFacts(
            ID, "", Validators.NONE, null, OptionalLong.of(bytes), Clock.systemUTC().instant()));
    TrailingDigest digest =
        new TrailingDigest(
            file::awaitFrontier, file::readAt, Set.of(DigestAlgorithm.SHA_256), chunkBytes);
    if (digested) {
      digest.start();
    }
    try (Socket from = new Socket(InetAddress.getLoopbackAddress(), port);
        PartWriter to = file.openPart(0)) {
      new BodyCopy(settings, System::nanoTime)
          .copy(from.getInputStream(), to, () -> bytes, CopyGuard.NONE);
    }
    if (digested) {
      digest.finish(bytes);
    }
    file.discard();
  }
}
