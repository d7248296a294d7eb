package org.milena.listexpander.sequence;

import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import org.milena.common.command.CommandRecord;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.listexpander.bounce.BounceChore;
import org.milena.listexpander.bounce.Bounces;
import org.milena.listexpander.chore.Chore;
import org.milena.listexpander.command.MailCommands;
import org.milena.listexpander.digest.DigestBox;
import org.milena.listexpander.digest.DigestChore;
import org.milena.listexpander.digest.DigestLimits;
import org.milena.listexpander.digest.DigestMail;
import org.milena.listexpander.digest.DigestTexts;
import org.milena.listexpander.digest.SummaryChore;
import org.milena.listexpander.list.ListEdits;
import org.milena.listexpander.list.ListNames;
import org.milena.listexpander.list.ListRenames;
import org.milena.listexpander.membership.AccountAddresses;
import org.milena.listexpander.membership.Confirmations;
import org.milena.listexpander.membership.MemberEdits;
import org.milena.listexpander.membership.PatternBans;
import org.milena.listexpander.membership.Resumptions;
import org.milena.listexpander.membership.Subscriptions;
import org.milena.listexpander.membership.Tokens;
import org.milena.listexpander.moderation.DailyQueue;
import org.milena.listexpander.moderation.HeldDecisions;
import org.milena.listexpander.moderation.HeldPosts;
import org.milena.listexpander.moderation.HeldTimes;
import org.milena.listexpander.moderation.ModeratorNotes;
import org.milena.listexpander.moderation.ModeratorReplies;
import org.milena.listexpander.moderation.ModeratorTokens;
import org.milena.listexpander.notice.AutoAnswers;
import org.milena.listexpander.notice.BounceTexts;
import org.milena.listexpander.notice.ModerationTexts;
import org.milena.listexpander.notice.Notices;
import org.milena.listexpander.notice.SourceTexts;
import org.milena.listexpander.notice.Texts;
import org.milena.listexpander.posting.Approvals;
import org.milena.listexpander.posting.SecretCheck;
import org.milena.listexpander.posting.SeenPosts;
import org.milena.listexpander.preparation.ListHeaders;
import org.milena.listexpander.preparation.SiteUrls;
import org.milena.listexpander.publication.Publication;
import org.milena.listexpander.sentence.Sentences;
import org.milena.listexpander.source.Sources;
import org.milena.listexpander.thread.WishTimes;
import org.milena.listexpander.tracking.PostTracking;

/** Everything that can be done for a list. */
public record Effects(
    ListEdits lists,
    ListRenames renames,
    Subscriptions subscriptions,
    MemberEdits members,
    Confirmations confirmations,
    AccountAddresses addresses,
    HeldPosts heldPosts,
    HeldDecisions heldDecisions,
    ModeratorReplies moderatorReplies,
    Notices notices,
    AutoAnswers autoAnswers,
    Publication publication,
    MailCommands mailCommands,
    Bounces bounces,
    SeenPosts seenPosts,
    Approvals approvals,
    ListHeaders headers,
    DigestBox digests,
    PostTracking tracking,
    Sources sources,
    List<Chore> chores) {

  public Effects {
    chores = List.copyOf(chores);
  }

  /**
   * Puts it together.
   *
   * @param secrets compares passwords that posts bring
   */
  public static Effects of(
      SiteFacts site, InstantSource clock, RandomGenerator random, SecretCheck secrets) {
    Sentences.check(); // at the start, not in the transaction of a post
    ListNames names = new ListNames(site.domain());
    SiteUrls urls = new SiteUrls(site.url());
    ListHeaders headers = new ListHeaders(urls);
    Texts texts = new Texts(urls);
    Tokens tokens = new Tokens(site.signed());
    Notices notices = new Notices(clock, random, texts);
    DigestBox digests = new DigestBox(clock);
    DigestMail digestMail = new DigestMail(headers, urls, new DigestTexts(texts), notices::newId);
    Publication publication =
        new Publication(headers, urls, notices, texts, new ListExtras(texts, digests));
    Confirmations confirmations =
        Confirmations.of(
            site.confirmations(),
            tokens,
            notices,
            texts,
            new MailAddress("postmaster", site.domain()));
    Subscriptions subscriptions =
        new Subscriptions(confirmations, notices, texts, digests, new PatternBans());
    MemberEdits members = new MemberEdits(digests);
    BounceTexts bounceTexts = new BounceTexts(texts);
    ModeratorTokens moderatorTokens = new ModeratorTokens(site.signed());
    PostTracking tracking = new PostTracking(notices, texts);
    ModerationTexts moderation = new ModerationTexts(texts, urls);
    ModeratorNotes moderators = new ModeratorNotes(moderatorTokens, notices, moderation);
    HeldPosts heldPosts = new HeldPosts(moderators, notices, moderation);
    HeldDecisions heldDecisions = new HeldDecisions(publication, heldPosts);
    return new Effects(
        new ListEdits(names),
        new ListRenames(names),
        subscriptions,
        members,
        confirmations,
        new AccountAddresses(confirmations),
        heldPosts,
        heldDecisions,
        new ModeratorReplies(moderatorTokens, heldDecisions, notices, moderation),
        notices,
        new AutoAnswers(notices, texts),
        publication,
        new MailCommands(subscriptions, members, tokens, notices, texts),
        new Bounces(site.verpTags(), tokens, subscriptions, notices, bounceTexts),
        new SeenPosts(),
        new Approvals(secrets),
        headers,
        digests,
        tracking,
        new Sources(notices, new SourceTexts(texts)),
        List.of(
            new DigestChore(digestMail, DigestLimits.below(site.mailLimit())),
            new SummaryChore(digestMail, urls),
            new Resumptions(notices, texts),
            new BounceChore(subscriptions, notices, bounceTexts),
            new HeldTimes(heldDecisions),
            new DailyQueue(moderators, notices),
            new WishTimes(),
            tracking));
  }

  /** The mail a command came with, where it came by mail; else a name for the command itself. */
  MailId cause(CommandRecord record) {
    return MailId.parse(record.origin()).orElseGet(() -> notices.newId());
  }
}
