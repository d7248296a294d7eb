package org.milena.archive.web;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milena.archive.trace.PostDeliveries;
import org.milena.archive.trace.PostDeliveries.Sight;
import org.milena.archive.trace.PostDelivery;
import org.milena.archive.trace.Traces;
import org.milena.common.directory.Directory;
import org.milena.common.directory.MailingList;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.web.Caller;
import org.milena.common.web.ListAccess;

/** What became of posts, as far as the caller may know it. */
public final class DeliveryReaders {
  private final Traces traces;
  private final PostDeliveries deliveries;
  private final Directory directory;
  private final ListAccess access;

  /** Over one site's stories. */
  public DeliveryReaders(
      Traces traces, PostDeliveries deliveries, Directory directory, ListAccess access) {
    this.traces = traces;
    this.deliveries = deliveries;
    this.directory = directory;
    this.access = access;
  }

  /**
   * By mail id or Message-ID.
   *
   * @param limit how many failures of a list are given
   */
  List<PostDelivery> find(String key, int limit) {
    return traces.find(key).stream()
        .flatMap(mail -> deliveries.of(mail, this::sight, limit).stream())
        .toList();
  }

  /**
   * What became of a post that is shown, in numbers. Nothing is looked up for those who would not
   * be told.
   *
   * @param author whom it names
   */
  Optional<PostDelivery> ofShown(MailingList list, String messageId, String author) {
    return !(access.mayManage(list) || isCallers(author))
        ? Optional.empty()
        : find(messageId, 0).stream().filter(post -> post.list().equals(list.id())).findFirst();
  }

  private Sight sight(ListId list, @Nullable MailAddress author) {
    if (Caller.current().operator() || directory.list(list).map(access::mayManage).orElse(false)) {
      return Sight.FAILURES;
    }
    return author != null && isCallers(author.toString()) ? Sight.COUNTS : Sight.NONE;
  }

  private boolean isCallers(String address) {
    Caller caller = Caller.current();
    return caller.signedIn()
        && access.addresses(caller).stream()
            .anyMatch(own -> own.key().equals(address.toLowerCase(Locale.ROOT)));
  }
}
