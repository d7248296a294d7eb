package org.milena.archive.process;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.milena.archive.document.Documents;
import org.milena.archive.extract.DocumentKind;

/**
 * The child: reads documents from its input until that ends, writes their texts to its output.
 *
 * <p>Ends itself when a document takes twice the time it may: its parent may have died and cannot
 * do it any more.
 */
public final class ReaderMain {
  private static final int TOO_LONG = 4;

  /**
   * @param arguments how long a document may take, in milliseconds
   */
  public static void main(String[] arguments) throws IOException {
    // what a library prints must not get between the texts
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    long limit = 2_000_000L * Long.parseLong(arguments[0]);
    AtomicLong deadline = new AtomicLong(Long.MAX_VALUE);
    Thread watch = new Thread(() -> watch(deadline), "watch");
    watch.setDaemon(true);
    watch.start();
    try (DataInputStream in = new DataInputStream(new FileInputStream(FileDescriptor.in));
        DataOutputStream out = new DataOutputStream(new FileOutputStream(FileDescriptor.out))) {
      out.writeInt(Frames.READY);
      out.flush();
      serve(in, out, deadline, limit);
    }
  }

  private static void serve(
      DataInputStream in, DataOutputStream out, AtomicLong deadline, long limit)
      throws IOException {
    while (true) {
      Frames.Request request;
      try {
        request = Frames.readRequest(in);
      } catch (EOFException _) {
        return;
      }
      deadline.set(System.nanoTime() + limit);
      DocumentKind kind = request.kind();
      Frames.write(out, Documents.read(kind, request.content(), request.maxCharacters()));
      deadline.set(Long.MAX_VALUE);
    }
  }

  private static void watch(AtomicLong deadline) {
    while (true) {
      long until = deadline.get();
      if (until != Long.MAX_VALUE && System.nanoTime() - until > 0) {
        Runtime.getRuntime().halt(TOO_LONG);
      }
      LockSupport.parkNanos(1_000_000_000L);
    }
  }

  private ReaderMain() {}
}
