package org.milena.archive.app;

import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Set;
import org.milena.archive.app.ArchiveProperties.Shim;
import org.milena.archive.elasticsearch.IndexListing;
import org.milena.archive.elasticsearch.Indices;
import org.milena.archive.elasticsearch.SearchConnection;
import org.milena.archive.search.ArchiveIndex;
import org.milena.archive.search.PostListing;
import org.milena.archive.web.ArchiveView;
import org.milena.archive.web.download.MboxAnswers;
import org.milena.archive.web.download.PostFiles;
import org.milena.archive.web.hyperkitty.HyperKittyApi;
import org.milena.archive.web.ponymail.PonyMailApi;
import org.milena.common.app.MilenaProperties;
import org.milena.common.directory.Directory;
import org.milena.common.web.ListAccess;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** The APIs of other archives as beans; what is off has no address. */
@Configuration(proxyBeanMethods = false)
class ShimConfiguration {

  /** Whether one is on; asked before there are settings. */
  private abstract static class IsOn implements Condition {
    private final Shim shim;

    IsOn(Shim shim) {
      this.shim = shim;
    }

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      Set<Shim> all = EnumSet.allOf(Shim.class);
      return Binder.get(context.getEnvironment())
          .bind("milena.archive.shims", Bindable.setOf(Shim.class))
          .orElse(all)
          .contains(shim);
    }
  }

  static final class PonyMailIsOn extends IsOn {
    PonyMailIsOn() {
      super(Shim.PONYMAIL);
    }
  }

  static final class HyperKittyIsOn extends IsOn {
    HyperKittyIsOn() {
      super(Shim.HYPERKITTY);
    }
  }

  @Bean
  PostListing postListing(SearchConnection connection, Indices indices) {
    return new IndexListing(connection, indices);
  }

  @Bean
  ArchiveView archiveView(
      ArchiveIndex index,
      PostListing listing,
      Directory directory,
      ListAccess access,
      MilenaProperties site) {
    return new ArchiveView(index, listing, directory, access, site.siteUrlBase());
  }

  @Bean
  @Conditional(PonyMailIsOn.class)
  PonyMailApi ponyMailApi(
      ArchiveView archive,
      PostListing listing,
      PostFiles files,
      MboxAnswers mboxes,
      InstantSource clock) {
    return new PonyMailApi(archive, listing, files, mboxes, clock);
  }

  @Bean
  @Conditional(HyperKittyIsOn.class)
  HyperKittyApi hyperKittyApi(ArchiveView archive, ArchiveIndex index, PostListing listing) {
    return new HyperKittyApi(archive, index, listing);
  }
}
