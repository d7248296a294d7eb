package org.milena.standalone.source;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.milena.common.mail.RawMessage;

/** Gives the content of blobs, over one child ({@code git cat-file --batch}). */
final class GitBlobs implements AutoCloseable {

  /** What there is under an id. */
  sealed interface Blob {
    /** Its octets. */
    record Content(RawMessage raw) implements Blob {}

    /** More than is held in memory. */
    record TooLarge(long size) implements Blob {}

    /** Nothing. */
    record Missing() implements Blob {}
  }

  private final GitRepository.Child child;
  private final InputStream in;
  private final OutputStream out;

  GitBlobs(GitRepository repository) throws IOException {
    child = repository.start("cat-file", "--batch");
    in = new BufferedInputStream(child.process().getInputStream(), 64 << 10);
    out = child.process().getOutputStream();
  }

  Blob get(String id) throws IOException {
    out.write((id + "\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
    String[] answer = line().split(" ");
    if (answer.length != 3) {
      return new Blob.Missing(); // "ID missing"
    }
    long size = Long.parseLong(answer[2]);
    if (size > PostSource.MAX_MESSAGE) {
      in.skipNBytes(size + 1);
      return new Blob.TooLarge(size);
    }
    byte[] content = in.readNBytes((int) size);
    if (content.length < size) {
      throw new EOFException("git ended in the middle of " + id);
    }
    in.skipNBytes(1);
    return new Blob.Content(RawMessage.wrap(content));
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(80);
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0) {
        child.end("read a message");
        throw new EOFException("git ended early");
      }
      line.write(octet);
    }
    return line.toString(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    out.close();
    child.close();
  }
}
