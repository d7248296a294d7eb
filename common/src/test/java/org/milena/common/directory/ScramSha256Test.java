package org.milena.common.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.milena.common.directory.Account.AppPassword;

class ScramSha256Test {

  /** The salt of the exchange in RFC 7677 section 3, whose password is "pencil". */
  private static final byte[] SALT = Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ==");

  private static final RandomGenerator RFC_7677 =
      new RandomGenerator() {
        @Override
        public long nextLong() {
          throw new AssertionError("only bytes are asked for");
        }

        @Override
        public void nextBytes(byte[] bytes) {
          System.arraycopy(SALT, 0, bytes, 0, bytes.length);
        }
      };

  @Test
  void makesTheVerifierThatOthersMake() {
    assertThat(ScramSha256.verifier("1", "phone", "pencil", RFC_7677))
        .isEqualTo(
            new AppPassword(
                "1",
                "phone",
                4096,
                "W22ZaJ0SNY7soEsUEjb6gQ==",
                "WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=",
                "wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU="));
  }

  @Test
  void matchesItsPasswordOnly() {
    AppPassword verifier =
        ScramSha256.verifier("1", "phone", "pencil", RandomGenerator.getDefault());
    assertThat(ScramSha256.matches(verifier, "pencil")).isTrue();
    for (String other : new String[] {"", "\0", "Pencil", "pencil ", "pencil\0"}) {
      assertThat(ScramSha256.matches(verifier, other)).as(other).isFalse();
    }
  }
}
