package org.milena.common.web;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The description of the whole REST API (OpenAPI); the same from every service. */
@RestController
public class ApiDescription {
  /** RFC 9512. */
  private static final MediaType YAML = MediaType.APPLICATION_YAML;

  private final Resource document = new ClassPathResource("openapi.yaml");

  /** For anybody. */
  @GetMapping("/api/v1/openapi.yaml")
  ResponseEntity<Resource> document() {
    return ResponseEntity.ok().contentType(YAML).body(document);
  }
}
