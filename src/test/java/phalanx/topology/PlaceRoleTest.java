package phalanx.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceRoleTest {
    @ParameterizedTest
    @CsvSource({
        "'', haproxy-2, LOAD_BALANCER",
        "'', lb-client-side, LOAD_BALANCER",
        "'', rack-7, CAPTURE_POINT",
        "Load balancer, fw-1, LOAD_BALANCER",
        "router of the branch, rack-7, ROUTER",
        "the one in the cellar, fw-1, FIREWALL"
    })
    void what_the_user_says_goes_before_what_the_name_claims(String said, String name, PlaceRole role) {
        assertEquals(role, PlaceRole.of(said, name));
    }
}
