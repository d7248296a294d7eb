package org.milena.archive.export;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.milena.archive.export.Marks.Mark;
import org.milena.archive.identity.Digests;
import org.milena.archive.message.AddressMask;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.post.MessageMemory;
import org.milena.archive.post.MessageMemory.Held;
import org.milena.archive.post.MessageMemory.Use;
import org.milena.archive.post.RawStore;
import org.milena.archive.rendering.MaskedMessage;
import org.milena.archive.search.ChangedMeanwhileException;
import org.milena.archive.search.PostPlace;
import org.milena.archive.search.PostWalk;
import org.milena.common.event.ArchiveId;
import org.milena.common.mail.RawMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One mbox, earliest post first, as a whole or any stretch of it.
 *
 * <p>Nobody knows how long it is before it is written: what a post is in an mbox, perhaps masked
 * and compressed, shows only then. So a stretch is found by writing all before it to nowhere, from
 * the nearest place whose offset was seen already; whoever lost the connection goes on from where
 * it broke. How long it is is counted in steps, each from where the one before ended. Memory holds
 * a few posts, however many there are.
 */
public final class Mbox implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Mbox.class);

  private final PostWalk walk;

  /** Whoever reads a file of gigabytes waits a little rather than begin again. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final RawStore raws;
  private final MessageMemory memory;
  private final MboxForm form;
  private final Marks marks;
  private final String tag;

  Mbox(
      String name, PostWalk walk, RawStore raws, MessageMemory memory, MboxForm form, Marks marks) {
    this.walk = walk;
    this.raws = raws;
    this.memory = memory;
    this.form = form;
    this.marks = marks;
    this.tag =
        Digests.hex(
                "SHA-256",
                (form.name() + "\n" + name + "\n" + walk.state()).getBytes(StandardCharsets.UTF_8))
            .substring(0, 32);
  }

  /** The same only for the same octets (a strong validator, RFC 9110 section 8.8.1). */
  public String tag() {
    return tag;
  }

  /**
   * All of it. A post that is removed meanwhile is left out.
   *
   * @throws IOException when {@code out} refuses
   */
  public void writeTo(OutputStream out) throws IOException {
    write(new Stretch(out, 0, 0, Long.MAX_VALUE), null, false);
  }

  /**
   * A stretch of it.
   *
   * @param from the first octet, from 0
   * @param until behind the last
   * @throws IOException when {@code out} refuses
   * @throws ChangedMeanwhileException when a post of it was removed meanwhile
   */
  public void writeTo(OutputStream out, long from, long until) throws IOException {
    Mark begin = marks.before(tag, from);
    write(new Stretch(out, begin.offset(), from, until), begin.after(), true);
  }

  /** What is known of how many octets it has. */
  public sealed interface Length {

    /** So many. */
    record Known(long size) implements Length {}

    /** So many, and perhaps more. */
    record AtLeast(long octets) implements Length {}
  }

  /**
   * How many octets it has, as far as that is wanted; reads what nobody read yet, and goes on where
   * that ended the last time.
   *
   * @param wanted more of it nobody has to know
   * @param most so many octets are read for it, about
   * @throws ChangedMeanwhileException when a post of it was removed meanwhile
   */
  public Length length(long wanted, long most) throws IOException {
    Mark begin = marks.before(tag, Long.MAX_VALUE);
    long until =
        Math.min(
            wanted,
            most > Long.MAX_VALUE - begin.offset() ? Long.MAX_VALUE : begin.offset() + most);
    if (marks.size(tag) == null && begin.offset() < until) {
      write(
          new Stretch(OutputStream.nullOutputStream(), begin.offset(), until, until),
          begin.after(),
          true);
    }
    Long known = marks.size(tag);
    return known == null
        ? new Length.AtLeast(marks.before(tag, Long.MAX_VALUE).offset())
        : new Length.Known(known);
  }

  private void write(Stretch out, @Nullable PostPlace begin, boolean strict) throws IOException {
    PostBatches batches = new PostBatches(walk, begin);
    PostPlace after = begin;
    boolean whole = true;
    List<ArchivedPost> batch = batches.next();
    if (batch.isEmpty() && begin == null) {
      writeBatch(batch, Map.of(), out); // nothing, compressed, is something
    }
    while (!batch.isEmpty() && !out.isFull()) {
      try (Held held = take(batch)) {
        Map<ArchiveId, RawMessage> messages = messages(batch);
        // whoever reads slowly keeps what is still to be read, and not what making it took
        held.shrinkTo(messages.values().stream().mapToLong(RawMessage::size).sum());
        if (messages.size() < batch.size()) {
          whole = false;
          missing(strict);
        }
        writeBatch(batch, messages, out);
      }
      after = PostPlace.of(batch.getLast());
      if (whole) {
        marks.add(tag, new Mark(out.offset(), after));
      }
      batch = batches.next();
    }
    if (whole && batch.isEmpty()) {
      marks.end(tag, out.offset());
    }
    out.flush();
  }

  /** The messages of a batch as they are written. */
  private Map<ArchiveId, RawMessage> messages(List<ArchivedPost> batch) {
    Map<ArchiveId, RawMessage> messages =
        new HashMap<>(raws.raws(batch.stream().map(ArchivedPost::id).toList()));
    if (form.masked()) {
      messages.replaceAll((id, raw) -> MaskedMessage.of(raw));
    }
    return messages;
  }

  /** Memory for a batch: all of its messages, and one at a time that is masked. */
  private Held take(List<ArchivedPost> batch) {
    long all = 0;
    long largest = 0;
    for (ArchivedPost post : batch) {
      all += post.size();
      largest = Math.max(largest, post.size());
    }
    long octets = Use.WHOLE.octets(all) + (form.masked() ? Use.MASKED.octets(largest) : 0);
    return memory.take(all, octets, PATIENCE);
  }

  private void missing(boolean strict) {
    marks.forget(tag);
    if (strict) {
      throw new ChangedMeanwhileException("a post went away while the mbox was written");
    }
    log.info("a post went away while an mbox was written; it is left out");
  }

  private void writeBatch(
      List<ArchivedPost> batch, Map<ArchiveId, RawMessage> messages, Stretch out)
      throws IOException {
    if (!form.gzip()) {
      writePosts(batch, messages, out);
      return;
    }
    try (OutputStream member = new GZIPOutputStream(out, 8192)) {
      writePosts(batch, messages, member);
    }
  }

  private void writePosts(
      List<ArchivedPost> batch, Map<ArchiveId, RawMessage> messages, OutputStream out)
      throws IOException {
    MboxWriter writer = new MboxWriter(out);
    for (ArchivedPost post : batch) {
      RawMessage raw = messages.get(post.id());
      if (raw != null) {
        String author = post.author().address();
        writer.write(form.masked() ? AddressMask.ascii(author) : author, post.date(), raw);
      }
    }
  }

  @Override
  public void close() {
    walk.close();
  }
}
