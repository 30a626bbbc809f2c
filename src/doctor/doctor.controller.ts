import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireAccess } from '../auth/access';
import { Clock } from '../collection/clock';
import { DefinitionRegistry } from '../definitions/registry';
import { Doctor } from './doctor';
import { DoctorQuery } from './doctor-query.dto';
import { DoctorView } from './doctor-view-types';
import { doctorView } from './doctor-views';

/** Below what proxies wait for an answer. */
const DEADLINE_SECONDS = 50;

/** Whether what is defined agrees with what the sources hold. */
@ApiTags('collection')
@Controller('api/v1/doctor')
export class DoctorController {
  private readonly underWay = new Map<string, Promise<DoctorView>>();

  constructor(
    private readonly doctor: Doctor,
    private readonly registry: DefinitionRegistry,
    private readonly clock: Clock,
  ) {}

  /** Looks now; whoever asks the same meanwhile gets the same answer. */
  @RequireAccess('viewer')
  @Get()
  @ApiOperation({ summary: 'What is wrong, or looks like a slip, with definitions and sources' })
  async checkup(@Query() { service }: DoctorQuery): Promise<DoctorView> {
    const key = service ?? '';
    const joined = this.underWay.get(key);
    if (joined !== undefined) return joined;
    const looked = this.look(service).finally(() => this.underWay.delete(key));
    this.underWay.set(key, looked);
    return looked;
  }

  private async look(service: string | undefined): Promise<DoctorView> {
    const definitions = this.registry.current();
    const defined = definitions.defined.filter(
      ({ slo }) => service === undefined || slo.service === service,
    );
    // A problem does not tell whose it is; those of one service are not told apart.
    const problems = service === undefined ? definitions.problems : [];
    const slos = defined.map(({ slo }) => slo);
    const checkup = await this.doctor.checkup(slos, { deadlineSeconds: DEADLINE_SECONDS });
    return doctorView(checkup, defined, problems, this.clock.now());
  }
}
