package org.milena.listexpander.posting;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.milena.common.directory.Account;
import org.milena.common.directory.Authorship;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.event.AuthenticationReport;
import org.milena.common.event.ScanReport;
import org.milena.common.header.HeaderMailbox;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.ReversePath;
import org.milena.common.settings.PostAction;
import org.milena.listexpander.incoming.ListMail;
import org.milena.listexpander.incoming.MailFacts;

/**
 * All that rules may know of a post.
 *
 * @param header of the message as it came
 * @param size of the message, octets
 * @param scan what the scanner said
 * @param authorship whether its author's address is proven
 * @param claimants whose names it bears: {@code From}, then {@code Sender}, then the reverse-path;
 *     each address once
 */
public record PostFacts(
    MailingList list,
    MailFacts header,
    ReversePath reversePath,
    int size,
    Optional<ScanReport> scan,
    Authorship authorship,
    List<Claimant> claimants) {

  public PostFacts {
    claimants = List.copyOf(claimants);
  }

  /**
   * Who speaks. Anybody can write any name anywhere, so what counts depends on what is proven:
   *
   * <ul>
   *   <li>A proven author speaks alone. Who has a domain of his own proves his own address with
   *       ease, and must not become a member by naming one in {@code Sender} or in the envelope.
   *   <li>Where claims are trusted ({@code unprovenAction} is {@link PostAction#DEFER}), every name
   *       counts, but a reverse-path whose domain says that it is not from there (SPF fail).
   *   <li>Else the authors count, and the rule for unproven ones has the last word on them. So does
   *       a reverse-path that SPF or the submitting account vouches for: it makes a stranger's post
   *       one in a member's name, never a proven one, because readers see {@code From}. Nothing
   *       vouches for {@code Sender}.
   * </ul>
   *
   * @param submitter the account that submitted it, if one did
   * @param members looks an address up among the list's members
   */
  public static PostFacts of(
      ListMail mail,
      MailingList list,
      Optional<Account> submitter,
      Function<MailAddress, Optional<Member>> members) {
    Authorship authorship = mail.authorship(submitter);
    boolean proven = authorship instanceof Authorship.Proven;
    boolean trusting = list.settings().posting().unprovenAction() == PostAction.DEFER;
    Map<String, Claimant> claimants = new LinkedHashMap<>();
    for (MailAddress author : addresses(mail.facts().authors())) {
      claimants.putIfAbsent(author.key(), new Claimant(author, members.apply(author), true));
    }
    for (MailAddress sender : addresses(mail.facts().senders())) {
      boolean speaks = !proven && trusting;
      claimants.putIfAbsent(sender.key(), new Claimant(sender, members.apply(sender), speaks));
    }
    mail.meta()
        .reversePath()
        .mailbox()
        .ifPresent(path -> {
          boolean speaks =
              !proven && (trusting ? !forbidden(mail) : vouchedFor(mail, path, submitter));
          Claimant claimant = new Claimant(path, members.apply(path), speaks);
          claimants.merge(path.key(), claimant, (named, _) -> speaks ? speaking(named) : named);
        });
    return new PostFacts(
        list,
        mail.facts(),
        mail.meta().reversePath(),
        mail.message().size(),
        Optional.ofNullable(mail.meta().scan()),
        authorship,
        new ArrayList<>(claimants.values()));
  }

  /** Those who speak, in their order. */
  Stream<Claimant> speakers() {
    return claimants.stream().filter(Claimant::speaks);
  }

  private static Claimant speaking(Claimant claimant) {
    return new Claimant(claimant.address(), claimant.entry(), true);
  }

  private static List<MailAddress> addresses(List<HeaderMailbox> mailboxes) {
    return mailboxes.stream().map(HeaderMailbox::address).toList();
  }

  private static boolean forbidden(ListMail mail) {
    return authentication(mail).map(AuthenticationReport::forbidsReversePath).orElse(false);
  }

  private static boolean vouchedFor(
      ListMail mail, MailAddress reversePath, Optional<Account> submitter) {
    return submitter
            .map(Account::address)
            .map(own -> own.key().equals(reversePath.key()))
            .orElse(false)
        || authentication(mail).map(report -> report.allowsReversePath(reversePath)).orElse(false);
  }

  private static Optional<AuthenticationReport> authentication(ListMail mail) {
    return Optional.ofNullable(mail.meta().scan()).map(ScanReport::authentication);
  }
}
