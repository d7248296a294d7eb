package org.milena.listexpander.sequence;

import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import org.milena.common.token.SignedTokens;
import org.milena.common.token.VerpTags;
import org.milena.listexpander.bounce.BounceChore;
import org.milena.listexpander.bounce.Bounces;
import org.milena.listexpander.chore.Chore;
import org.milena.listexpander.command.MailCommands;
import org.milena.listexpander.list.ListEdits;
import org.milena.listexpander.list.ListNames;
import org.milena.listexpander.list.ListRenames;
import org.milena.listexpander.membership.Subscriptions;
import org.milena.listexpander.membership.Tokens;
import org.milena.listexpander.moderation.HeldPosts;
import org.milena.listexpander.notice.BounceTexts;
import org.milena.listexpander.notice.Notices;
import org.milena.listexpander.notice.Texts;
import org.milena.listexpander.posting.SeenPosts;
import org.milena.listexpander.preparation.ListHeaders;
import org.milena.listexpander.preparation.SiteUrls;
import org.milena.listexpander.publication.Publication;

/** Everything that can be done for a list. */
public record Effects(
    ListEdits lists,
    ListRenames renames,
    Subscriptions subscriptions,
    HeldPosts heldPosts,
    Notices notices,
    Publication publication,
    MailCommands mailCommands,
    Bounces bounces,
    SeenPosts seenPosts,
    ListHeaders headers,
    List<Chore> chores) {

  public Effects {
    chores = List.copyOf(chores);
  }

  /**
   * Puts it together.
   *
   * @param domain the mail domain of lists
   * @param siteUrl where the site answers
   */
  public static Effects of(
      String domain,
      String siteUrl,
      SignedTokens signed,
      VerpTags verpTags,
      InstantSource clock,
      RandomGenerator random) {
    ListNames names = new ListNames(domain);
    SiteUrls urls = new SiteUrls(siteUrl);
    ListHeaders headers = new ListHeaders(urls);
    Texts texts = new Texts(urls);
    Tokens tokens = new Tokens(signed);
    Notices notices = new Notices(clock, random);
    Publication publication = new Publication(headers, urls);
    BounceTexts bounceTexts = new BounceTexts(urls);
    Subscriptions subscriptions = new Subscriptions(tokens, notices, texts);
    return new Effects(
        new ListEdits(names),
        new ListRenames(names),
        subscriptions,
        new HeldPosts(publication, notices, texts),
        notices,
        publication,
        new MailCommands(subscriptions, tokens, notices, texts),
        new Bounces(verpTags, tokens, subscriptions, notices, bounceTexts),
        new SeenPosts(),
        headers,
        List.of(new BounceChore(subscriptions, notices, bounceTexts)));
  }
}
