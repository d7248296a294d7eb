package org.milena.listexpander.posting;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.milena.common.directory.Account;
import org.milena.common.directory.Authorship;
import org.milena.common.directory.MailingList;
import org.milena.common.event.AuthenticationReport;
import org.milena.common.event.ScanReport;
import org.milena.common.header.HeaderMailbox;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.ReversePath;
import org.milena.common.settings.PostAction;
import org.milena.listexpander.incoming.ListMail;
import org.milena.listexpander.incoming.MailFacts;

/**
 * All that rules may know of a post: of the message as it came, and of what list and site know.
 *
 * @param mail as it came
 * @param authorship whether its author's address is proven
 * @param claimants whose names it bears: {@code From}, then {@code Sender}, then the reverse-path;
 *     each address once
 * @param around what list and site know
 * @param approval what its password for moderators is worth
 * @param content what is read only when a rule asks
 */
public record PostFacts(
    ListMail mail,
    MailingList list,
    Authorship authorship,
    List<Claimant> claimants,
    Surroundings around,
    Approval approval,
    PostContent content) {

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
   */
  public static PostFacts of(
      ListMail mail,
      MailingList list,
      Optional<Account> submitter,
      Surroundings around,
      Approval approval) {
    Authorship authorship = mail.authorship(submitter);
    boolean proven = authorship instanceof Authorship.Proven;
    boolean trusting = list.settings().posting().unprovenAction() == PostAction.DEFER;
    Map<String, Claimant> claimants = new LinkedHashMap<>();
    for (MailAddress author : addresses(mail.facts().authors())) {
      claimants.putIfAbsent(author.key(), new Claimant(author, around.member(author), true));
    }
    for (MailAddress sender : addresses(mail.facts().senders())) {
      boolean speaks = !proven && trusting;
      claimants.putIfAbsent(sender.key(), new Claimant(sender, around.member(sender), speaks));
    }
    mail.meta()
        .reversePath()
        .mailbox()
        .ifPresent(path -> {
          boolean speaks =
              !proven && (trusting ? !forbidden(mail) : vouchedFor(mail, path, submitter));
          Claimant claimant = new Claimant(path, around.member(path), speaks);
          claimants.merge(path.key(), claimant, (named, _) -> speaks ? speaking(named) : named);
        });
    return new PostFacts(
        mail,
        list,
        authorship,
        new ArrayList<>(claimants.values()),
        around,
        approval,
        new PostContent(mail));
  }

  /** Its header. */
  MailFacts header() {
    return mail.facts();
  }

  ReversePath reversePath() {
    return mail.meta().reversePath();
  }

  /** Of the message, octets. */
  int size() {
    return mail.message().size();
  }

  /** What the scanner said. */
  Optional<ScanReport> scan() {
    return Optional.ofNullable(mail.meta().scan());
  }

  /** Keys of the addresses that the list has and had. */
  Set<String> ownAddresses() {
    return Stream.concat(
            Stream.of(list.address()),
            list.formerAddresses().stream().map(MailingList.FormerAddress::address))
        .map(MailAddress::key)
        .collect(Collectors.toSet());
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
    return submitter.map(account -> account.owns(reversePath)).orElse(false)
        || authentication(mail).map(report -> report.allowsReversePath(reversePath)).orElse(false);
  }

  private static Optional<AuthenticationReport> authentication(ListMail mail) {
    return Optional.ofNullable(mail.meta().scan()).map(ScanReport::authentication);
  }
}
