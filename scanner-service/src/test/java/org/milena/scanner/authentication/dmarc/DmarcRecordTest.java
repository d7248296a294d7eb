package org.milena.scanner.authentication.dmarc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.milena.common.event.AuthenticationEvidence.Dmarc.Policy.NONE;
import static org.milena.common.event.AuthenticationEvidence.Dmarc.Policy.QUARANTINE;
import static org.milena.common.event.AuthenticationEvidence.Dmarc.Policy.REJECT;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.common.event.AuthenticationEvidence.Dmarc.Policy;
import org.milena.scanner.authentication.dmarc.DmarcRecord.Requests;
import org.milena.scanner.authentication.dmarc.DmarcRecord.Suffix;

class DmarcRecordTest {

  private static DmarcRecord read(String text) {
    return DmarcRecord.parse(text).orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "v=spf1 -all",
        "v=DMARC1 p=none",
        "v=DMARC2; p=none",
        "v=dmarc1; p=none",
        "v=DMARC10; p=none",
        "p=none; v=DMARC1",
        " v=DMARC1; p=none",
        "version=DMARC1; p=none",
        "v; p=none",
        "v=; p=none",
        "=DMARC1",
        ";v=DMARC1; p=none"
      })
  void isNoRecordWithoutItsVersionInFront(String text) {
    assertThat(DmarcRecord.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v=DMARC1;p=reject",
        "v=DMARC1; p=reject;",
        "v = DMARC1 ; p = reject ; ",
        "V=DMARC1; P=Reject",
        "v=DMARC1;\tp=REJECT;;;",
        "v=DMARC1; x=1; p=reject; pct=0; rf=afrf; ri=1",
        "v=DMARC1; p=reject; p=none",
        "v=DMARC1; =none; p; p=; p=reject"
      })
  void readsHowPeopleWriteIt(String text) {
    assertThat(read(text).requests()).contains(new Requests(REJECT, REJECT, REJECT));
  }

  @ParameterizedTest
  @CsvSource({
    "v=DMARC1; p=none, NONE, NONE, NONE",
    "v=DMARC1; p=none; sp=reject, NONE, REJECT, REJECT",
    "v=DMARC1; p=quarantine; np=reject, QUARANTINE, QUARANTINE, REJECT",
    "v=DMARC1; p=reject; sp=none; np=quarantine, REJECT, NONE, QUARANTINE",
    "v=DMARC1; np=none; sp=quarantine; p=reject, REJECT, QUARANTINE, NONE",
  })
  void asksForSubdomainsWhatSpAndNpSay(String text, Policy own, Policy existing, Policy missing) {
    assertThat(read(text).requests()).contains(new Requests(own, existing, missing));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v=DMARC1",
        "v=DMARC1; sp=reject",
        "v=DMARC1; p=rejekt",
        "v=DMARC1; p=reject; sp=all",
        "v=DMARC1; p=reject; np=maybe",
      })
  void asksForNothingWhenAPolicyCannotBeReadUnlessReportsAreWanted(String text) {
    assertThat(read(text).requests()).isEmpty();
    assertThat(read(text + "; rua=postmaster@example.org").requests()).isEmpty();
    assertThat(read(text + "; rua=mailto:,nonsense").requests()).isEmpty();
    assertThat(read(text + "; ruf=mailto:a@example.org").requests()).isEmpty();
    var none = new Requests(NONE, NONE, NONE);
    assertThat(read(text + "; rua=mailto:a@example.org").requests()).contains(none);
    assertThat(read(text + "; rua=x y , mailto:a@example.org!10m").requests()).contains(none);
    assertThat(read(text + "; rua=https://example.org/report").requests()).contains(none);
  }

  @Test
  void readsTheSmallTags() {
    DmarcRecord record = read("v=DMARC1; p=reject; adkim=s; aspf=S; psd=n; t=y; fo=1:d");
    assertThat(record.strictDkim()).isTrue();
    assertThat(record.strictSpf()).isTrue();
    assertThat(record.suffix()).isEqualTo(Suffix.NO);
    assertThat(record.testing()).isTrue();
    assertThat(read("v=DMARC1; psd=Y").suffix()).isEqualTo(Suffix.YES);
  }

  @Test
  void takesTheDefaultForASmallTagThatCannotBeRead() {
    DmarcRecord record = read("v=DMARC1; p=reject; adkim=strict; aspf=; psd=maybe; t=1");
    assertThat(record.strictDkim()).isFalse();
    assertThat(record.strictSpf()).isFalse();
    assertThat(record.suffix()).isEqualTo(Suffix.UNKNOWN);
    assertThat(record.testing()).isFalse();
  }

  @Test
  void appliesOneLevelLessWhileTesting() {
    DmarcRecord testing = read("v=DMARC1; p=reject; t=y");
    assertThat(testing.applied(REJECT)).isEqualTo(QUARANTINE);
    assertThat(testing.applied(QUARANTINE)).isEqualTo(NONE);
    assertThat(testing.applied(NONE)).isEqualTo(NONE);
    assertThat(read("v=DMARC1; p=reject; t=n").applied(REJECT)).isEqualTo(REJECT);
  }

  @Test
  void survivesAnyText() {
    var random = new Random(9989);
    String alphabet = "v=DMARC1; \tpsndtyakimrucf:!@,%\u0000\u00fc\\\"";
    for (int i = 0; i < 200_000; i++) {
      var text = new StringBuilder(random.nextBoolean() ? "v=DMARC1;" : "");
      for (int n = random.nextInt(40); n > 0; n--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      DmarcRecord.parse(text.toString()).ifPresent(DmarcRecord::requests);
    }
    assertThat(DmarcRecord.parse("v=DMARC1;".repeat(100_000))).isPresent();
  }
}
