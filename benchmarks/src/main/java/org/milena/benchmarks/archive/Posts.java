package org.milena.benchmarks.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.milena.benchmarks.server.BenchmarkException;
import org.milena.common.header.HeaderBlock;
import org.milena.common.mail.RawMessage;
import org.milena.standalone.source.MboxSource;
import org.milena.standalone.source.PipermailSource;
import org.milena.standalone.source.PostSource;
import org.milena.standalone.source.Quoting;
import org.milena.standalone.source.SourceOdd;
import org.milena.standalone.source.SourcePost;

/**
 * The messages of some files, as many as are asked for: they come again, round after round, under
 * other Message-IDs and with another end of the subject, so that each round has the same threads
 * and none joins another.
 */
final class Posts {
  /** Enough for the largest list; past that the files have no message. */
  private static final int MOST_ROUNDS = 100_000;

  private static final Pattern THREADING =
      Pattern.compile("(?im)^(?:message-id|in-reply-to|references):[^\n]*\n(?:[ \t][^\n]*\n)*");
  private static final Pattern SUBJECT =
      Pattern.compile("(?im)^(subject:[^\n]*(?:\n[ \t][^\n]*)*?)(\r?\n)(?![ \t])");

  private final List<Path> files;

  Posts(List<Path> files) {
    this.files = List.copyOf(files);
  }

  /** Takes a post. */
  interface Taker {
    void take(SourcePost post) throws IOException;
  }

  /** Gives those from one number, counted from 0, to before another. */
  void give(int from, int to, Taker taker) throws IOException {
    Counter counter = new Counter(from, to, taker);
    for (int round = 0; counter.next < to; round++) {
      int before = counter.next;
      for (Path file : files) {
        counter.round = round;
        source(file).read(counter);
        if (counter.failure != null) {
          throw counter.failure;
        }
      }
      if (counter.next == before || round == MOST_ROUNDS) {
        throw new BenchmarkException("there is no message in " + files);
      }
    }
  }

  private static PostSource source(Path file) {
    return String.valueOf(file.getFileName()).matches(".*\\.txt(\\.gz)?")
        ? new PipermailSource(file, null)
        : new MboxSource(List.of(file), Quoting.MBOXRD, null);
  }

  private static final class Counter implements PostSource.Receiver {
    private final int from;
    private final int to;
    private final Taker taker;
    private int next;
    private int round;
    private @Nullable IOException failure;

    Counter(int from, int to, Taker taker) {
      this.from = from;
      this.to = to;
      this.taker = taker;
    }

    @Override
    public void post(SourcePost post) {
      if (next >= from && next < to && failure == null) {
        try {
          taker.take(new SourcePost(post.place(), again(post.raw(), round), post.receivedAt()));
        } catch (IOException e) {
          failure = e;
        }
      }
      next++;
    }

    @Override
    public void odd(SourceOdd kind, String place, String text) {
      // the files are what they are
    }

    @Override
    public void progress(long done) {
      // nobody looks
    }
  }

  /** The message of a later round. */
  static RawMessage again(RawMessage message, int round) {
    if (round == 0) {
      return message;
    }
    byte[] octets = message.unsafeBytes();
    int body = HeaderBlock.of(message).bodyOffset();
    String header = new String(octets, 0, body, ISO_8859_1);
    Matcher fields = THREADING.matcher(header);
    String other =
        fields.replaceAll(field ->
            Matcher.quoteReplacement(field.group().replaceAll("@", ".again" + round + "@")));
    other = SUBJECT.matcher(other).replaceFirst("$1 (again " + round + ")$2");
    byte[] head = other.getBytes(ISO_8859_1);
    byte[] all = new byte[head.length + octets.length - body];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(octets, body, all, head.length, octets.length - body);
    return RawMessage.wrap(all);
  }
}
