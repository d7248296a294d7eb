package org.milena.archive.process;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.milena.archive.extract.DocumentKind;
import org.milena.archive.extract.ReadingOutcome;
import org.milena.archive.extract.ReadingOutcome.Read;
import org.milena.archive.extract.ReadingOutcome.Unread;

/** What parent and child write to each other. Both are of the same build. */
final class Frames {
  /** The first word of a child that can read. */
  static final int READY = 0x4D494C31;

  private static final int WHOLE = 0;
  private static final int CUT = 1;
  private static final int UNREAD = 2;
  private static final int LONGEST_REASON = 500;

  /** What a child is asked for. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Request(DocumentKind kind, int maxCharacters, byte[] content) {}

  static void write(DataOutputStream out, Request request) throws IOException {
    out.writeByte(request.kind().ordinal());
    out.writeInt(request.maxCharacters());
    out.writeInt(request.content().length);
    out.write(request.content());
    out.flush();
  }

  /** Throws {@link java.io.EOFException} where the parent has closed the pipe. */
  static Request readRequest(DataInputStream in) throws IOException {
    DocumentKind kind = DocumentKind.values()[in.readUnsignedByte()];
    int maxCharacters = in.readInt();
    byte[] content = new byte[in.readInt()];
    in.readFully(content);
    return new Request(kind, maxCharacters, content);
  }

  static void write(DataOutputStream out, ReadingOutcome outcome) throws IOException {
    switch (outcome) {
      case Read read -> text(out, read.whole() ? WHOLE : CUT, read.text());
      case Unread unread ->
          text(
              out,
              UNREAD,
              unread.reason().substring(0, Math.min(unread.reason().length(), LONGEST_REASON)));
    }
  }

  private static void text(DataOutputStream out, int what, String text) throws IOException {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    out.writeByte(what);
    out.writeInt(octets.length);
    out.write(octets);
    out.flush();
  }

  /**
   * @param maxCharacters that were asked for
   */
  static ReadingOutcome readOutcome(DataInputStream in, int maxCharacters) throws IOException {
    int what = in.readUnsignedByte();
    int length = in.readInt();
    if (length < 0 || length > 4L * Math.max(maxCharacters, LONGEST_REASON)) {
      throw new IOException("an answer of " + length + " octets");
    }
    byte[] octets = new byte[length];
    in.readFully(octets);
    String text = new String(octets, StandardCharsets.UTF_8);
    return switch (what) {
      case WHOLE -> new Read(text, true);
      case CUT -> new Read(text, false);
      case UNREAD -> new Unread(text);
      default -> throw new IOException("an answer of kind " + what);
    };
  }

  private Frames() {}
}
