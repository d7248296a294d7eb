package org.milena.listexpander.sequence;

import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.milena.common.token.SignedTokens;
import org.milena.common.token.VerpTags;
import org.milena.listexpander.bounce.Bounces;
import org.milena.listexpander.command.MailCommands;
import org.milena.listexpander.list.ListEdits;
import org.milena.listexpander.list.ListNames;
import org.milena.listexpander.membership.Subscriptions;
import org.milena.listexpander.membership.Tokens;
import org.milena.listexpander.moderation.HeldPosts;
import org.milena.listexpander.notice.Notices;
import org.milena.listexpander.notice.Texts;
import org.milena.listexpander.posting.SeenPosts;
import org.milena.listexpander.preparation.ListHeaders;
import org.milena.listexpander.preparation.SiteUrls;
import org.milena.listexpander.publication.PostExtras;
import org.milena.listexpander.publication.Publication;

/** Everything that can be done for a list. */
public record Effects(
    ListEdits lists,
    Subscriptions subscriptions,
    HeldPosts heldPosts,
    Notices notices,
    Publication publication,
    MailCommands mailCommands,
    Bounces bounces,
    SeenPosts seenPosts,
    ListHeaders headers) {

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
    SiteUrls urls = new SiteUrls(siteUrl);
    ListHeaders headers = new ListHeaders(urls);
    Texts texts = new Texts(urls);
    Tokens tokens = new Tokens(signed);
    Notices notices = new Notices(clock, random);
    Publication publication = new Publication(headers, urls, notices, texts, PostExtras.NONE);
    Subscriptions subscriptions = new Subscriptions(tokens, notices, texts);
    return new Effects(
        new ListEdits(new ListNames(domain)),
        subscriptions,
        new HeldPosts(publication, notices, texts),
        notices,
        publication,
        new MailCommands(subscriptions, tokens, notices, texts),
        new Bounces(verpTags),
        new SeenPosts(),
        headers);
  }
}
