package org.milena.common.app;

import jakarta.servlet.DispatcherType;
import org.milena.common.directory.Directory;
import org.milena.common.web.BearerFilter;
import org.milena.common.web.ProblemWriter;
import org.milena.common.web.SessionCheck;
import org.milena.common.web.SignIn;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/**
 * Who may reach what. The API keeps no session: a token or a name with a password in each request,
 * so it needs no protection against forged forms. The pages keep one, and have that protection; it
 * is judged anew with each request. Whether a caller may see or change a certain list is decided by
 * the controllers.
 */
@Configuration(proxyBeanMethods = false)
@Import(HttpEdge.class)
class SecurityConfiguration {
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self';"
          + " base-uri 'none'; frame-ancestors 'none'";

  @Bean
  SignIn signIn(Directory directory) {
    return new SignIn(directory);
  }

  /** Sign-ins are counted; to time each filter of each request costs more than the filters do. */
  @Bean
  SecurityObservationSettings securityObservations() {
    return SecurityObservationSettings.withDefaults()
        .shouldObserveRequests(false)
        .shouldObserveAuthentications(true)
        .shouldObserveAuthorizations(false)
        .build();
  }

  @Bean
  ProblemWriter problemWriter() {
    return new ProblemWriter();
  }

  @Bean
  @Order(1)
  SecurityFilterChain api(HttpSecurity http, SignIn signIn, ProblemWriter problems)
      throws Exception {
    AuthenticationEntryPoint entry =
        (_, response, _) ->
            problems.write(
                response,
                401,
                "Unauthorized",
                "sign-in-needed",
                "Sign in with the name and password of an account, or with a token.");
    return http.securityMatcher("/api/**")
        .csrf(csrf -> csrf.disable())
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .authenticationProvider(signIn)
        .httpBasic(basic -> basic.authenticationEntryPoint(entry))
        .exceptionHandling(handling -> handling.authenticationEntryPoint(entry))
        .addFilterBefore(new BearerFilter(signIn, problems), BasicAuthenticationFilter.class)
        .authorizeHttpRequests(requests ->
            requests
                .dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                .permitAll()
                .requestMatchers("/api/v1/openapi.yaml")
                .permitAll()
                .requestMatchers("/api/v1/archive/searches/**")
                .authenticated()
                .requestMatchers(HttpMethod.GET, "/api/v1/archive/**")
                .permitAll()
                .requestMatchers(HttpMethod.HEAD, "/api/v1/archive/**")
                .permitAll()
                // as the archive answers them who know Pony Mail and HyperKitty: reading only
                .requestMatchers(
                    HttpMethod.GET, "/api/*.lua", "/api/*.json", "/api/lists/**", "/api/list/**")
                .permitAll()
                .requestMatchers(
                    HttpMethod.HEAD, "/api/*.lua", "/api/*.json", "/api/lists/**", "/api/list/**")
                .permitAll()
                .requestMatchers(HttpMethod.POST, "/api/*.json")
                .permitAll()
                // who sees the members of a list is the list's setting
                .requestMatchers(HttpMethod.GET, "/api/v1/lists/*/members")
                .permitAll()
                .requestMatchers(HttpMethod.POST, "/api/v1/lists/*/subscriptions")
                .permitAll()
                .anyRequest()
                .authenticated())
        .build();
  }

  @Bean
  @Order(2)
  SecurityFilterChain pages(
      HttpSecurity http, SignIn signIn, ObjectProvider<AccessDeniedHandler> refused)
      throws Exception {
    return http.authenticationProvider(signIn)
        // one-click unsubscribe comes from mail providers, without a form of ours (RFC 8058); to
        // confirm takes a signed token, and to ask for joining nothing: no cookie helps an attacker
        .csrf(csrf ->
            csrf.ignoringRequestMatchers(
                "/unsubscribe/**", "/confirm/**", "/moderate/**", "/lists/*"))
        // a service may keep what somebody wrote in a form that is refused
        .exceptionHandling(handling -> refused.ifAvailable(handling::accessDeniedHandler))
        .addFilterAfter(new SessionCheck(signIn), SecurityContextHolderFilter.class)
        .formLogin(Customizer.withDefaults())
        .logout(logout -> logout.logoutSuccessUrl("/"))
        .headers(headers ->
            headers
                .contentSecurityPolicy(csp -> csp.policyDirectives(CONTENT_SECURITY_POLICY))
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN)))
        .authorizeHttpRequests(requests ->
            requests
                .dispatcherTypeMatchers(
                    DispatcherType.ERROR, DispatcherType.ASYNC, DispatcherType.FORWARD)
                .permitAll()
                .requestMatchers("/manage/**", "/ops/**", "/lists/*/post", "/archive/searches/**")
                .authenticated()
                .requestMatchers("/actuator/health/**", "/actuator/health", "/actuator/prometheus")
                .permitAll()
                .requestMatchers("/actuator/**")
                .denyAll()
                .anyRequest()
                .permitAll())
        .build();
  }
}
