package org.milena.scanner.clamav;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClamdVersionTest {

  @ParameterizedTest
  @CsvSource({
    "ClamAV 1.4.6/27830/Sat Nov 28 09:10:00 2026,2026-11-28T09:10:00Z",
    "ClamAV 1.4.6/27830/Sat Nov  7 09:10:59 2026,2026-11-07T09:10:59Z",
    "ClamAV 0.103.8+dfsg-0/26000/Thu Feb 29 23:59:59 2024,2024-02-29T23:59:59Z",
    "ClamAV 1.5.0-beta/1/Xyz Jan 1 00:00:00 1970,1970-01-01T00:00:00Z",
  })
  void readsWhenTheDatabaseWasMade(String reply, Instant time) {
    assertThat(ClamdVersion.read(reply).text()).isEqualTo(reply);
    assertThat(ClamdVersion.read(reply).databaseTime()).contains(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ClamAV 1.4.6",
        "ClamAV 1.4.6/27830",
        "ClamAV 1.4.6/27830/yesterday",
        "ClamAV 1.4.6/27830/Sat Nov 31 09:10:00 2026",
        "ClamAV 1.4.6/27830/Sat Foo 28 09:10:00 2026",
        "ClamAV 1.4.6/27830/Sat Nov 28 29:10:00 2026",
        "ClamAV 1.4.6//Sat Nov 28 09:10:00 2026"
      })
  void aVersionWithoutADateIsAVersion(String reply) {
    assertThat(ClamdVersion.read(reply).text()).isEqualTo(reply);
    assertThat(ClamdVersion.read(reply).databaseTime()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "COMMAND UNAVAILABLE", "UNKNOWN COMMAND", "PONG", "ClamAV"})
  void whatIsNoVersionIsUnknown(String reply) {
    assertThat(ClamdVersion.read(reply)).isEqualTo(ClamdVersion.UNKNOWN);
  }

  @Test
  @Timeout(20)
  void neverThrows() {
    Random random = new Random(11);
    String good = "ClamAV 1.4.6/27830/Sat Nov 28 09:10:00 2026";
    for (int i = 0; i < 50_000; i++) {
      var changed = new StringBuilder(good);
      for (int j = random.nextInt(4); j >= 0; j--) {
        int at = random.nextInt(changed.length());
        if (random.nextBoolean()) {
          changed.setCharAt(at, (char) (' ' + random.nextInt(95)));
        } else {
          changed.insert(at, changed.substring(at).repeat(random.nextInt(5)));
        }
      }
      assertThat(ClamdVersion.read(changed.toString())).isNotNull();
    }
  }
}
