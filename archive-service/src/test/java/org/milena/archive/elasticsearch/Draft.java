package org.milena.archive.elasticsearch;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.milena.archive.TestArchive;
import org.milena.archive.message.Attachment;
import org.milena.archive.message.Person;
import org.milena.archive.message.PostText;
import org.milena.archive.message.TextBlock;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.post.NewPost;
import org.milena.common.event.ArchiveId;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.Topics;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailId;
import org.milena.common.mail.RawMessage;

/** A post in the making, its text told apart by the test itself. */
final class Draft {
  private static final MailId MAIL = MailId.of("01890a5d-ac96-774b-bcce-b302099a8057");

  final ArchiveId id;
  private final ListId list;
  private final String name;
  private ArchiveId thread;
  private Instant date = Instant.parse("2026-01-01T00:00:00Z");
  private Instant received = TestArchive.NOW;
  private Person author = new Person("Nobody", "nobody@example.org");
  private List<Person> to = List.of();
  private List<Person> cc = List.of();
  private List<String> references = List.of();
  private String subject = "";
  private String attached = "";
  private final List<TextBlock> text = new ArrayList<>();
  private final List<Attachment> attachments = new ArrayList<>();
  private int size = 1000;

  Draft(ListId list, String name) {
    this.list = list;
    this.name = name;
    this.id = ArchiveId.compute(list, name + "@x", name);
    this.thread = id;
  }

  Draft on(String instant) {
    date = Instant.parse(instant.length() == 10 ? instant + "T10:00:00Z" : instant);
    return this;
  }

  Draft receivedOn(String instant) {
    received = Instant.parse(instant);
    return this;
  }

  Draft from(String name, String address) {
    author = new Person(name, address);
    return this;
  }

  Draft to(String... addresses) {
    to = people(addresses);
    return this;
  }

  Draft cc(String... addresses) {
    cc = people(addresses);
    return this;
  }

  private static List<Person> people(String... addresses) {
    return Arrays.stream(addresses).map(address -> new Person("", address)).toList();
  }

  Draft answers(Draft other) {
    references = List.of(other.name + "@x");
    thread = other.thread;
    return this;
  }

  Draft subject(String words) {
    subject = words;
    return this;
  }

  Draft text(String words) {
    return block(TextBlock.Kind.NEW, words);
  }

  Draft block(TextBlock.Kind kind, String words) {
    text.add(new TextBlock(kind, words));
    return this;
  }

  Draft attachment(String name, String words) {
    attachments.add(new Attachment("2", name, "text/plain", null, words.length(), ""));
    attached = words;
    return this;
  }

  Draft size(int octets) {
    size = octets;
    return this;
  }

  NewPost post() {
    RawMessage raw = RawMessage.wrap(name.getBytes(StandardCharsets.UTF_8));
    PostText blocks = new PostText(text);
    ArchivedPost post =
        new ArchivedPost(
            id,
            list,
            MAIL,
            thread,
            date,
            received,
            name + "@x",
            references,
            List.of(),
            subject,
            author,
            to,
            cc,
            excerpt(blocks.whole()),
            attachments,
            size,
            raw.sha256(),
            raw.sha256(),
            List.of());
    return new NewPost(
        post, blocks, attached, List.of(), raw, new RecordPosition(Topics.POSTS, 0, 0));
  }

  private static String excerpt(@Nullable String whole) {
    String line = whole == null ? "" : whole.replace('\n', ' ');
    return line.substring(0, Math.min(100, line.length()));
  }
}
