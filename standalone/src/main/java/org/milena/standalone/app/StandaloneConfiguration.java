package org.milena.standalone.app;

import org.milena.archive.app.ArchiveConfiguration;
import org.milena.egress.app.EgressConfiguration;
import org.milena.ingress.app.IngressConfiguration;
import org.milena.listexpander.app.ListexpanderConfiguration;
import org.milena.scanner.app.ScannerConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The services, in the order of a mail's way. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(
    exclude = {KafkaAutoConfiguration.class, UserDetailsServiceAutoConfiguration.class})
@Import({
  IngressConfiguration.class,
  ScannerConfiguration.class,
  ListexpanderConfiguration.class,
  EgressConfiguration.class,
  ArchiveConfiguration.class
})
class StandaloneConfiguration {}
