package org.milena.archive.web;

import java.util.List;
import java.util.regex.Pattern;
import org.milena.archive.message.Attachment;
import org.milena.archive.message.Person;
import org.milena.archive.post.ArchivedPost;
import org.milena.common.directory.MailingList;

/**
 * A post on a page, as this reader sees it.
 *
 * @param id of the post; {@link #anchor()} is made of it
 * @param author the name, or the address
 * @param replyUrl to answer it on the list (RFC 6068)
 */
public record PostView(
    String id,
    String url,
    String threadUrl,
    String subject,
    String author,
    String authorAddress,
    List<Person> to,
    List<Person> cc,
    When date,
    String excerpt,
    List<AttachmentView> attachments,
    List<String> defects,
    String replyUrl) {

  private static final Pattern ANSWERS =
      Pattern.compile("(?i)^((re|aw|sv|antw)(\\[\\d+\\])?:\\s*)+");

  /** An attachment on a page. */
  public record AttachmentView(String name, String type, String size, String url) {}

  /** As this reader sees it: without addresses where he is a stranger. */
  public static PostView of(MailingList list, ArchivedPost post) {
    Person author = Reader.person(post.author());
    String subject = Reader.text(post.subject());
    return new PostView(
        post.id().value(),
        Links.post(list, post),
        Links.thread(list, post),
        shown(subject),
        name(author),
        author.address(),
        post.to().stream().map(Reader::person).toList(),
        post.cc().stream().map(Reader::person).toList(),
        When.of(post.date()),
        Reader.text(post.excerpt()),
        post.attachments().stream().map(attachment -> view(list, post, attachment)).toList(),
        post.defects().stream().map(Reader::text).toList(),
        replyUrl(list.address().toString(), post, subject));
  }

  /** The author's name, or the address, as this reader sees it. */
  public static String author(ArchivedPost post) {
    return name(Reader.person(post.author()));
  }

  private static String name(Person author) {
    return author.shown().isBlank() ? PageTexts.of("archive.unknown-author") : author.shown();
  }

  /** A subject, or that there is none. */
  public static String shown(String subject) {
    return subject.isBlank() ? PageTexts.of("archive.no-subject") : subject;
  }

  /** On the page of its thread. */
  public String anchor() {
    return "m-" + id;
  }

  /** Whether it says more than that it answers. */
  public boolean changesSubject(PostView first) {
    return !bare(subject).equals(bare(first.subject));
  }

  private static String bare(String subject) {
    return ANSWERS.matcher(subject).replaceFirst("").strip();
  }

  static String replyUrl(String to, ArchivedPost post, String subject) {
    String answer = subject.regionMatches(true, 0, "re:", 0, 3) ? subject : "Re: " + subject;
    return "mailto:"
        + Links.segment(to)
        + "?In-Reply-To="
        + value("<" + post.messageId() + ">")
        + "&Subject="
        + value(answer);
  }

  /** Within what stands behind {@code ?}, {@code &} and {@code +} mean something else. */
  private static String value(String text) {
    return Links.segment(text).replace("&", "%26").replace("+", "%2B").replace("=", "%3D");
  }

  private static AttachmentView view(MailingList list, ArchivedPost post, Attachment attachment) {
    return new AttachmentView(
        Reader.text(attachment.name()),
        Reader.text(attachment.type()),
        size(attachment.size()),
        Links.attachment(list, post.id(), attachment.part()));
  }

  private static String size(long octets) {
    if (octets < 1000) {
      return PageTexts.of("archive.bytes", octets);
    }
    return octets < 1_000_000
        ? String.format(PageTexts.locale(), "%.1f kB", octets / 1e3)
        : String.format(PageTexts.locale(), "%.1f MB", octets / 1e6);
  }
}
