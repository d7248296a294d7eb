package org.milena.archive.web;

import java.util.List;
import java.util.Locale;
import org.milena.archive.message.Attachment;
import org.milena.archive.message.Person;
import org.milena.archive.post.ArchivedPost;
import org.milena.common.directory.MailingList;

/**
 * A post on a page, as this reader sees it.
 *
 * @param id also the anchor of the post on the page of its thread
 * @param author the name, or the address
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
    List<String> defects) {

  /** An attachment on a page. */
  public record AttachmentView(String name, String type, String size, String url) {}

  static PostView of(MailingList list, ArchivedPost post) {
    Person author = Reader.person(post.author());
    String subject = Reader.text(post.subject());
    return new PostView(
        post.id().value(),
        Links.message(list, post.id()),
        Links.thread(list, post.thread()),
        subject.isBlank() ? "(no subject)" : subject,
        author.shown().isBlank() ? "(unknown)" : author.shown(),
        author.address(),
        post.to().stream().map(Reader::person).toList(),
        post.cc().stream().map(Reader::person).toList(),
        When.of(post.date()),
        Reader.text(post.excerpt()),
        post.attachments().stream().map(attachment -> view(list, post, attachment)).toList(),
        post.defects());
  }

  private static AttachmentView view(MailingList list, ArchivedPost post, Attachment attachment) {
    return new AttachmentView(
        Reader.text(attachment.name()),
        attachment.type(),
        size(attachment.size()),
        Links.attachment(list, post.id(), attachment.part()));
  }

  private static String size(long octets) {
    if (octets < 1000) {
      return octets + " bytes";
    }
    return octets < 1_000_000
        ? String.format(Locale.ROOT, "%.1f kB", octets / 1e3)
        : String.format(Locale.ROOT, "%.1f MB", octets / 1e6);
  }
}
