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
  /** Of a post that went to more, a page counts nothing each time it is looked at. */
  private static final int MOST_ON_A_PAGE = 10_000;

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
  public List<PostDelivery> find(String key, int limit) {
    return traces.find(key).stream()
        .flatMap(mail -> deliveries.of(mail, this::sight, limit, Long.MAX_VALUE).stream())
        .toList();
  }

  /**
   * What became of a post that is shown, in numbers where it did not go to very many. Nothing is
   * looked up for those who would not be told.
   *
   * @param author whom it names
   */
  Optional<PostDelivery> ofShown(MailingList list, String messageId, String author) {
    if (!(access.mayManage(list) || isCallers(author))) {
      return Optional.empty();
    }
    PostDeliveries.Readers here =
        (other, writer) -> other.equals(list.id()) ? sight(other, writer) : Sight.NONE;
    return traces.find(messageId).stream()
        .flatMap(mail -> deliveries.of(mail, here, 0, MOST_ON_A_PAGE).stream())
        .findFirst();
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
