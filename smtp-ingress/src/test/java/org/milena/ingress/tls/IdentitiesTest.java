package org.milena.ingress.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.milena.common.failure.UnfitException;

class IdentitiesTest {
  @TempDir private Path folder;

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));
  private final SecureRandom random = new SecureRandom();

  private Identities selfSigned(Path where) {
    return Identities.selfSigned(where, "mx.example.org", now::get, random);
  }

  @Test
  void makesOneAtTheFirstStartAndKeepsIt() throws Exception {
    X509Certificate first = selfSigned(folder).get().chain().getFirst();
    X509Certificate second = selfSigned(folder).get().chain().getFirst();

    assertThat(second).isEqualTo(first);
    assertThat(first.getSubjectAlternativeNames().toString()).contains("mx.example.org");
    first.verify(first.getPublicKey());
    first.checkValidity(Date.from(now.get()));
    first.checkValidity(Date.from(now.get().plus(Duration.ofDays(3000))));
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("smtp.key"))))
        .isEqualTo("rw-------");
  }

  @Test
  void noticesARenewedCertificate() throws IOException {
    Path other = folder.resolve("other");
    Identities identities = selfSigned(folder);
    ServerIdentity before = identities.get();
    selfSigned(other);
    for (String name : new String[] {"smtp.key", "smtp.crt"}) {
      Files.write(folder.resolve(name), Files.readAllBytes(other.resolve(name)));
      Files.setLastModifiedTime(
          folder.resolve(name), FileTime.from(Instant.parse("2030-01-01T00:00:00Z")));
    }

    assertThat(identities.get()).isSameAs(before);
    now.set(now.get().plusSeconds(11));
    assertThat(identities.get().chain()).isNotEqualTo(before.chain());
    assertThat(identities.get()).isSameAs(identities.get());
  }

  @Test
  void keepsTheOldOneWhenTheNewOneIsBroken() throws IOException {
    Identities identities = selfSigned(folder);
    ServerIdentity before = identities.get();
    Files.writeString(folder.resolve("smtp.crt"), "nonsense");
    Files.setLastModifiedTime(
        folder.resolve("smtp.crt"), FileTime.from(Instant.parse("2030-01-01T00:00:00Z")));
    now.set(now.get().plusSeconds(11));

    assertThat(identities.get()).isSameAs(before);
  }

  @Test
  void refusesToStartWithoutTheOperatorsFiles() {
    assertThatThrownBy(
            () -> Identities.of(folder.resolve("no.crt"), folder.resolve("no.key"), now::get))
        .isInstanceOf(UnfitException.class)
        .hasMessageContaining("no.crt");
  }
}
