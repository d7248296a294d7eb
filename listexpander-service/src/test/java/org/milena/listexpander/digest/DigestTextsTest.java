package org.milena.listexpander.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.milena.common.directory.Template;
import org.milena.common.settings.DeliveryMode;
import org.milena.common.settings.ListSettings;
import org.milena.listexpander.fake.Fixtures;

class DigestTextsTest {
  private static final ListSettings EVERY_POST =
      ListSettings.DISCUSSION.with("digestPosts", 1).with("digestSizeKb", 0);

  private final DigestWorld world = new DigestWorld(EVERY_POST);

  private void text(String name, String text) {
    String scope = Fixtures.USERS_ID.value();
    world
        .tables
        .directory()
        .templates()
        .put(Template.key(scope, name, "en"), new Template(scope, name, "en", text));
  }

  private String post(DeliveryMode mode) {
    world.member("reader@a.example", mode);
    world.post("From: Ann <ann@a.example>\nSubject: Tea\n\nText\n");
    world.later(Duration.ofDays(1));
    world.chores();
    return DigestParser.text(world.sent().getFirst().text());
  }

  @Test
  void ownersWriteWhatStandsAroundADigest() {
    text(
        "list:member:digest:masthead", "Subject: News ${volume}.${issue}\n\nOn top of ${count}.\n");
    text("list:member:digest:header", "Owners say.\n");
    text("list:member:digest:contents", "Inside:\n${contents}\n");
    text("list:member:digest:footer", "-".repeat(30) + "\nBelow.\n");
    text("list:member:digest:end", "That was ${volume}.${issue}\n");
    String digest = post(DeliveryMode.PLAIN_DIGEST);
    assertThat(world.sent().getFirst().subject()).isEqualTo("News 1.1");
    assertThat(digest)
        .startsWith("On top of 1.\n\nOwners say.\n\nInside:\n   1. Tea (Ann)\n\n" + "-".repeat(70))
        .contains("\nSubject: Digest Footer\n\n " + "-".repeat(29) + "\nBelow.\n")
        .endsWith("\nThat was 1.1\n************\n");
  }

  @Test
  void ownersWriteThePartsOfADigestOfMessages() {
    text("list:member:digest:masthead", "On top.\n");
    text("list:member:digest:footer", "");
    String digest = post(DeliveryMode.MIME_DIGEST);
    assertThat(world.sent().getFirst().subject()).isEqualTo("Users of X Digest, Vol 1, Issue 1");
    assertThat(digest)
        .contains("Content-Description: Masthead\n", "\n\nOn top.\n")
        .doesNotContain("Content-Description: Header", "Content-Description: Footer");
  }

  @Test
  void ownersWriteWhatStandsOnTopOfASummary() {
    text("list:member:summary:masthead", "Subject: ${day}\n\n${count} of ${display_name}\n");
    String summary = post(DeliveryMode.SUMMARY);
    assertThat(world.sent().getFirst().subject()).isEqualTo("2026-03-02");
    assertThat(summary).startsWith("1 of Users of X\n\n1 post in 1 thread:\n");
  }

  @Test
  void aGermanListHasGermanDigests() {
    world.settings(EVERY_POST.with("language", "de"));
    assertThat(post(DeliveryMode.PLAIN_DIGEST))
        .contains("Themen von heute:\n\n   1. Tea (Ann)\n")
        .contains("\nEnde von Users of X Sammelmail, Band 1, Ausgabe 1\n****");
    assertThat(world.sent().getFirst().subject())
        .isEqualTo("Users of X Sammelmail, Band 1, Ausgabe 1");
  }

  @Test
  void aGermanListHasGermanSummaries() {
    world.settings(EVERY_POST.with("language", "de"));
    assertThat(post(DeliveryMode.SUMMARY))
        .contains("\n1 Beitrag in 1 Thread:\n\n* Tea\n  1 Beitrag von Ann\n", "\nDas Archiv: ");
  }
}
