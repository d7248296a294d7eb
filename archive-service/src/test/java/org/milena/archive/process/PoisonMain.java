package org.milena.archive.process;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.milena.archive.extract.ReadingOutcome.Read;

/** A child that does what its documents tell it. */
final class PoisonMain {
  public static void main(String[] arguments) throws IOException {
    try (DataInputStream in = new DataInputStream(new FileInputStream(FileDescriptor.in));
        DataOutputStream out = new DataOutputStream(new FileOutputStream(FileDescriptor.out))) {
      out.writeInt(Frames.READY);
      while (true) {
        Frames.Request request = Frames.readRequest(in);
        String wish = new String(request.content(), StandardCharsets.UTF_8);
        Frames.write(out, new Read(obey(wish), true));
      }
    }
  }

  private static String obey(String wish) throws IOException {
    if (wish.equals("loop")) {
      long turns = 0;
      while (turns >= 0) {
        turns = (turns + 1) & 0xFFFF;
      }
    } else if (wish.equals("memory")) {
      List<byte[]> held = new ArrayList<>();
      while (held.size() < 1 << 20) {
        held.add(new byte[1 << 24]);
      }
    } else if (wish.equals("die")) {
      Runtime.getRuntime().halt(9);
    } else if (wish.startsWith("once ")) {
      Path mark = Path.of(wish.substring(5));
      if (!Files.exists(mark)) {
        Files.createFile(mark);
        Runtime.getRuntime().halt(9);
      }
    } else if (wish.startsWith("count ")) {
      Path mark = Path.of(wish.substring(6));
      Files.writeString(
          mark,
          "x",
          java.nio.file.StandardOpenOption.CREATE,
          java.nio.file.StandardOpenOption.APPEND);
      Runtime.getRuntime().halt(9);
    } else if (wish.equals("environment")) {
      return System.getenv().keySet().toString();
    }
    return wish;
  }

  private PoisonMain() {}
}
