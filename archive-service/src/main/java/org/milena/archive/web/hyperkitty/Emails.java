package org.milena.archive.web.hyperkitty;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.milena.archive.message.Attachment;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.search.PostListing.Name;
import org.milena.archive.web.ArchiveView;
import org.milena.archive.web.hyperkitty.FullEmailJson.AttachmentJson;
import org.milena.archive.web.hyperkitty.FullEmailJson.VotesJson;
import org.milena.common.directory.MailingList;
import org.milena.common.event.ArchiveId;

/**
 * Emails of a list with who answers whom. Three questions to the index for a page, whatever its
 * length: first posts of threads, posts that are answered, posts that answer.
 */
final class Emails {
  private final ArchiveView archive;
  private final MailingList list;
  private final Addresses addresses;
  private final Map<ArchiveId, ArchivedPost> firsts = new HashMap<>();
  private final Map<String, ArchivedPost> byMessageId = new HashMap<>();
  private final Map<String, List<ArchivedPost>> answers = new HashMap<>();

  private Emails(ArchiveView archive, MailingList list) {
    this.archive = archive;
    this.list = list;
    this.addresses = Addresses.of(archive, list);
  }

  /** For these posts of any threads. */
  static Emails around(ArchiveView archive, MailingList list, List<ArchivedPost> page) {
    Set<String> own = new HashSet<>();
    Set<String> answered = new HashSet<>();
    Set<String> threads = new HashSet<>();
    for (ArchivedPost post : page) {
      own.add(post.messageId());
      post.forThread().parent().ifPresent(answered::add);
      threads.add(post.thread().value());
    }
    List<MailingList> here = List.of(list);
    Emails emails = new Emails(archive, list);
    emails.addFirsts(archive.named(here, Name.ID, threads, threads.size()));
    emails.addParents(archive.named(here, Name.MESSAGE_ID, answered, ArchiveView.MAX_POSTS));
    emails.addAnswers(archive.named(here, Name.LINK, own, ArchiveView.MAX_POSTS));
    return emails;
  }

  /** For posts of one thread, where all of it is known. */
  static Emails within(ArchiveView archive, MailingList list, List<ArchivedPost> thread) {
    Emails emails = new Emails(archive, list);
    emails.addFirsts(thread);
    emails.addParents(thread);
    emails.addAnswers(thread);
    return emails;
  }

  private void addFirsts(Collection<ArchivedPost> posts) {
    posts.forEach(post -> firsts.put(post.id(), post));
  }

  private void addParents(Collection<ArchivedPost> posts) {
    posts.forEach(post -> byMessageId.putIfAbsent(post.messageId(), post));
  }

  private void addAnswers(Collection<ArchivedPost> posts) {
    for (ArchivedPost post : posts) {
      post.forThread()
          .parent()
          .ifPresent(id -> answers.computeIfAbsent(id, _ -> new ArrayList<>()).add(post));
    }
  }

  EmailJson email(ArchivedPost post) {
    return EmailJson.of(
        addresses,
        post,
        firsts.getOrDefault(post.thread(), post),
        post.forThread().parent().map(byMessageId::get).orElse(null),
        answers.getOrDefault(post.messageId(), List.of()));
  }

  FullEmailJson full(ArchivedPost post) {
    List<AttachmentJson> attachments = new ArrayList<>();
    for (Attachment attachment : post.attachments()) {
      attachments.add(
          new AttachmentJson(
              addresses.email(post),
              attachments.size() + 1,
              ArchiveView.text(attachment.name()),
              attachment.type(),
              null,
              attachment.size(),
              archive.attachment(list, post, attachment.part())));
    }
    return new FullEmailJson(email(post), VotesJson.NONE, archive.text(post), attachments);
  }
}
