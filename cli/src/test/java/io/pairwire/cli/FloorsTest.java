package io.pairwire.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A class uses its own floor and the floors below; and a few manners that hold on every floor. */
class FloorsTest {
    /** From the ground up. Two modules may share a floor, and then do not know each other. */
    private static final List<List<String>> FLOORS = List.of(
            List.of("memory", "platform"),
            List.of("capture"),
            List.of(
                    "compression",
                    "decode",
                    "live"), // compression and live are of floor 2, and capture must not know them
            List.of("engine"),
            List.of("output"),
            List.of("cli"));

    private static final String HOUSE = "io.pairwire";
    private static final String VIOLATION = "io.pairwire.cli.floors.violation";

    private static final JavaClasses PRODUCTION = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(HOUSE);

    private static Stream<Named<ArchRule>> rules() {
        return rules(HOUSE);
    }

    private static Stream<Named<ArchRule>> violatedRules() {
        return rules(VIOLATION);
    }

    private static Stream<Named<ArchRule>> rules(String root) {
        var programs =
                resideInAnyPackage(root + ".cli..", root + ".testkit..", root + ".benchmarks..", root + ".examples..");
        return Stream.of(
                Named.of("a class uses its own floor and the floors below", floors(root)),
                Named.of(
                        "packages are free of cycles",
                        slices().matching(root + ".(**)").should().beFreeOfCycles()),
                Named.of(
                        "nobody uses internals of the JDK",
                        noClasses().should().dependOnClassesThat(resideInAnyPackage("sun..", "jdk.internal.."))),
                Named.of(
                        "nobody reflects",
                        noClasses().should().dependOnClassesThat(resideInAPackage("java.lang.reflect.."))),
                Named.of(
                        "only programs print",
                        noClasses()
                                .that(not(programs))
                                .should()
                                .accessField(System.class, "out")
                                .orShould()
                                .accessField(System.class, "err")
                                .orShould()
                                .accessField(System.class, "in")),
                Named.of(
                        "only programs end the JVM",
                        noClasses()
                                .that(not(programs))
                                .should()
                                .callMethod(System.class, "exit", int.class)
                                .orShould()
                                .callMethod(Runtime.class, "exit", int.class)
                                .orShould()
                                .callMethod(Runtime.class, "halt", int.class)),
                Named.of(
                        "wall-clock time is a parameter everywhere but in programs and clocks",
                        noClasses()
                                .that(not(programs))
                                .and()
                                .haveSimpleNameNotEndingWith("Clock")
                                .should()
                                .callMethod(System.class, "currentTimeMillis")
                                .orShould()
                                .callMethod(java.time.Instant.class, "now")),
                Named.of(
                        "names say what a class is about",
                        noClasses().should().haveNameMatching(".*[a-z0-9](Impl|Manager|Utils?|Helper|Base|Data|Info)")),
                Named.of("no null in signatures", classes().should(resideInANullMarkedPackage())));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void the_house_keeps_the_rule_that(ArchRule rule) {
        rule.check(PRODUCTION);
    }

    /** Without this, a rule that looks at nothing would pass for ever. */
    @ParameterizedTest
    @MethodSource("violatedRules")
    void a_planted_violation_is_found_by_the_rule_that(ArchRule rule) {
        var planted = new ClassFileImporter().importPackages(VIOLATION);
        assertTrue(rule.evaluate(planted).hasViolation(), "the rule does not bite");
    }

    @Test
    void logging_libraries_stay_in_the_programs() {
        noClasses()
                .that(not(resideInAPackage(HOUSE + ".cli..")))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("org.slf4j..", "ch.qos.logback..", "java.util.logging..", "picocli.."))
                .check(PRODUCTION);
    }

    @Test
    void the_lower_floors_were_really_looked_at() {
        for (var floor : List.of("memory", "capture", "decode", "engine")) {
            assertFalse(
                    PRODUCTION
                            .that(resideInAPackage(HOUSE + "." + floor + ".."))
                            .isEmpty(),
                    floor);
        }
    }

    private static ArchRule floors(String root) {
        var architecture =
                layeredArchitecture().consideringOnlyDependenciesInLayers().withOptionalLayers(true);
        FLOORS.stream()
                .flatMap(List::stream)
                .forEach(module -> architecture.layer(module).definedBy(root + "." + module + ".."));
        for (int floor = 0; floor < FLOORS.size(); floor++) {
            var above = FLOORS.subList(floor + 1, FLOORS.size()).stream()
                    .flatMap(List::stream)
                    .toArray(String[]::new);
            for (var module : FLOORS.get(floor)) {
                if (above.length == 0) {
                    architecture.whereLayer(module).mayNotBeAccessedByAnyLayer();
                } else {
                    architecture.whereLayer(module).mayOnlyBeAccessedByLayers(above);
                }
            }
        }
        return architecture;
    }

    private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
        return new ArchCondition<>("reside in a @NullMarked package") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                if (!item.getPackage().isAnnotatedWith(NullMarked.class)) {
                    events.add(
                            SimpleConditionEvent.violated(item, item.getName() + ": its package is not @NullMarked"));
                }
            }
        };
    }
}
