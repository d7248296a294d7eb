package org.milena.scanner.intake;

import java.time.Duration;
import org.milena.common.directory.Directory;
import org.milena.common.event.Route;
import org.milena.common.event.RoutedRecipient;
import org.milena.common.event.ScanReport.Passage;
import org.milena.common.failure.OutageException;
import org.milena.common.settings.ScanPolicy;
import org.milena.scanner.voting.ScanDecision;

/** Whose policy counts for a recipient: that of the list, else that of the site. */
public final class Policies {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ScanPolicy site;
  private final Directory directory;

  /**
   * @param site for lists without a policy of their own, and for all that is for no list
   */
  public Policies(ScanPolicy site, Directory directory) {
    this.site = site;
    this.directory = directory;
  }

  /** The site's. */
  public ScanPolicy site() {
    return site;
  }

  /** Waits until the view of the lists is current. */
  void await() {
    directory.awaitCurrent(PATIENCE);
  }

  /**
   * The policy for mail to this recipient.
   *
   * @throws OutageException when the view of the lists is old: a stricter policy may be missing
   */
  ScanPolicy of(RoutedRecipient recipient) {
    return Route.list(recipient.route())
        .map(list -> {
          if (!directory.isFresh()) {
            throw new OutageException("the view of the lists is not current");
          }
          return directory.list(list).map(found -> found.settings().scanPolicy()).orElse(site);
        })
        .orElse(site);
  }

  /** What is decided for a recipient; only posts have a moderator to go to. */
  static ScanDecision.Decided at(RoutedRecipient recipient, ScanDecision.Decided decided) {
    return decided.passage() == Passage.HOLD && !(recipient.route() instanceof Route.ListPost)
        ? new ScanDecision.Decided(decided.verdict(), Passage.KEEP)
        : decided;
  }
}
