package org.milena.scanner.clamav;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.common.event.ScanReport.Verdict;
import org.milena.common.failure.UnfitException;
import org.milena.scanner.scan.NotScannedException;

class ClamdReplyTest {

  @ParameterizedTest
  @CsvSource({
    "stream: OK,CLEAN",
    "stream: Eicar-Signature FOUND,INFECTED",
    "stream: Win.Trojan.FOUND FOUND,INFECTED",
    "stream: Heuristics.Limits.Exceeded.MaxScanSize FOUND,UNSCANNABLE",
    "stream: Heuristics.Encrypted.Zip FOUND,POLICY",
    "stream: Heuristics.OLE2.ContainsMacros.VBA FOUND,POLICY",
  })
  void verdicts(String reply, Verdict verdict) throws NotScannedException {
    assertThat(ClamdReply.read(reply).verdict()).isEqualTo(verdict);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "OK",
        "stream: OK ",
        "stream:OK",
        "stream: ok",
        "stream: OK\nstream: OK",
        "1: stream: OK",
        "stream: FOUND",
        "stream:  FOUND",
        "stream: Eicar ERROR",
        "INSTREAM size limit exceeded. ERROR",
        "UNKNOWN COMMAND",
        "COMMAND UNAVAILABLE",
        "Command invalid inside IDSESSION. ERROR",
        "stream: Can't allocate memory ERROR",
        "/tmp/x: OK",
        "PONG",
      })
  void everythingElseIsNotScanned(String reply) {
    assertThatThrownBy(() -> ClamdReply.read(reply)).isInstanceOf(NotScannedException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tcp:clamav:3310",
        "tcp:127.0.0.1:3310",
        "tcp:[::1]:3310",
        "unix:/run/clamav/clamd.ctl"
      })
  void addressesAreReadAndWrittenAlike(String text) {
    assertThat(ClamdAddress.of(text).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "clamav:3310",
        "tcp:clamav",
        "tcp:3310",
        "tcp::3310",
        "tcp:clamav:0",
        "tcp:clamav:70000",
        "tcp:clamav:x",
        "unix:run/clamd",
        "http://clamav:3310"
      })
  void otherAddressesAreRefusedWithTheSetting(String text) {
    assertThatThrownBy(() -> ClamdAddress.of(text))
        .isInstanceOf(UnfitException.class)
        .hasMessageContaining("milena.scanner.clamd");
  }

  @Test
  void theBracketsOfAnIpv6AddressAreNotPartOfIt() {
    assertThat(ClamdAddress.of("tcp:[::1]:3310")).isEqualTo(new ClamdAddress.Tcp("::1", 3310));
  }
}
